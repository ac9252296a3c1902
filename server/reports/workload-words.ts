import type { Cell } from '../domain/experiment/experiment';
import { times } from '../domain/wording';
import { WORKLOAD_DEFAULT, type Workload } from '../domain/workload';

/** `scenario5, 1 client, 64 B`: what tells a cell from the others. */
export function describeCell({ scenario, workload }: Pick<Cell, 'scenario' | 'workload'>): string {
  return `${scenario}, ${times(workload.clients, 'client')}, ${workload.payloadBytes} B`;
}

/** `20,000 requests after 1 s of warm-up, 1 closed-loop client, 64 B payload, 50 % GETs, placement auto` */
export function describeWorkload(workload: Workload): string {
  const { warmupSeconds, clients, payloadBytes, getPercent, placement } = workload;
  return [
    `${sayAmount(workload)} after ${warmupSeconds} s of warm-up`,
    times(clients, 'closed-loop client'),
    `${payloadBytes} B payload`,
    `${getPercent} % GETs`,
    `placement ${placement}`,
  ].join(', ');
}

export function sayAmount({ amount }: Workload): string {
  return amount.kind === 'requests' ? times(amount.requests, 'request') : times(amount.seconds, 'second');
}

/** What tells each workload from the others: `4 clients`; empty where there is one alone. */
export function workloadsApart(workloads: readonly Workload[]): string[] {
  const parts: ((workload: Workload) => string)[] = [
    ({ clients }) => times(clients, 'client'),
    sayAmount,
    ({ warmupSeconds }) => `${warmupSeconds} s warm-up`,
    ({ payloadBytes }) => `${payloadBytes} B`,
    ({ getPercent }) => `${getPercent} % GETs`,
    ({ placement }) => placement,
  ];
  const telling = parts.filter((part) => new Set(workloads.map(part)).size > 1);
  return workloads.map((workload) => telling.map((part) => part(workload)).join(', '));
}

/** Options of the command line that differ from what it takes without them. */
export function rareOptions({ payloadBytes, getPercent, placement }: Workload): string[] {
  return [
    ...(payloadBytes === WORKLOAD_DEFAULT.payloadBytes ? [] : ['--payload', String(payloadBytes)]),
    ...(getPercent === WORKLOAD_DEFAULT.getPercent ? [] : ['--get-percent', String(getPercent)]),
    ...(placement === WORKLOAD_DEFAULT.placement ? [] : ['--placement', placement]),
  ];
}
