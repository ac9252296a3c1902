/** What faults mean link by link: for the record of a fault, for the namespaces that hold them, and for who reaches whom. */
import type { FaultAction, FaultRecord } from './fault';
import { formatTarget } from './fault-text';
import type { FaultRule } from './ports';

export type DirectedLink = { from: string; to: string };

/** The links that a resolved action touches by sender and receiver. nodes: all services of the cluster, its client among them. */
export function linksOf(action: FaultAction, nodes: string[]): DirectedLink[] {
  switch (action.kind) {
    case 'isolate': {
      const name = formatTarget(action.target);
      return [...linksInto(name, nodes), ...linksInto(name, nodes).map(({ from, to }) => ({ from: to, to: from }))];
    }
    case 'cut':
      return pairOf(action.link);
    case 'noise':
      if (action.link.kind === 'pair') return pairOf(action.link);
      if (action.link.kind === 'into') return linksInto(formatTarget(action.link.target), nodes);
      return nodes.flatMap((name) => linksInto(name, nodes));
    default:
      return [];
  }
}

const linksInto = (to: string, nodes: string[]) => nodes.filter((from) => from !== to).map((from) => ({ from, to }));

function pairOf({ from, to, bothWays }: Extract<FaultAction, { kind: 'cut' }>['link']): DirectedLink[] {
  const there = { from: formatTarget(from), to: formatTarget(to) };
  return bothWays ? [there, { from: there.to, to: there.from }] : [there];
}

/**
 * The rules that hold these faults, one for each link whose datagrams are lost or doubled. Faults on one link are independent:
 * what gets through one may be lost in the next. Where all links into a node are alike, one rule from everybody says it.
 */
export function rulesOf(faults: Pick<FaultRecord, 'action' | 'links'>[], nodes: string[]): FaultRule[] {
  return nodes.flatMap((target) => {
    const rules = nodes.filter((from) => from !== target).map((from) => ruleOf({ from, to: target }, faults));
    const [first] = rules;
    const alike = rules.every(
      (rule) => rule.lossPercent === first?.lossPercent && rule.duplicatePercent === first.duplicatePercent,
    );
    const shown = first !== undefined && alike ? [{ ...first, from: null }] : rules;
    return shown.filter(({ lossPercent, duplicatePercent }) => lossPercent > 0 || duplicatePercent > 0);
  });
}

function ruleOf(link: DirectedLink, faults: Pick<FaultRecord, 'action' | 'links'>[]): FaultRule {
  let arrives = 1;
  let single = 1;
  for (const { action, links } of faults) {
    if (!links.some(({ from, to }) => from === link.from && to === link.to)) continue;
    const { lossPercent, duplicatePercent } = chancesOf(action);
    arrives *= 1 - lossPercent / 100;
    single *= 1 - duplicatePercent / 100;
  }
  return { target: link.to, from: link.from, lossPercent: 100 * (1 - arrives), duplicatePercent: 100 * (1 - single) };
}

/** Of each datagram on a link that the fault touches. */
export function chancesOf(action: FaultAction): { lossPercent: number; duplicatePercent: number } {
  if (action.kind === 'noise') return { lossPercent: action.lossPercent, duplicatePercent: action.duplicatePercent };
  return { lossPercent: action.kind === 'isolate' || action.kind === 'cut' ? 100 : 0, duplicatePercent: 0 };
}
