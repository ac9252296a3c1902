import type { FaultId, Outage } from '@/server/domain/fault';
import type { RunView } from '@/server/domain/run';
import { formatMs, sayOutage, seconds } from './fault-rows';

/** A datagram that got lost costs a client some 100 ms; under loss that would be ten lines a second. */
const TOLD_MS = 200;

const isTold = ({ durationMs, leaderBefore, leaderAfter }: Outage) => durationMs >= TOLD_MS || leaderBefore !== leaderAfter;

/** What faults did to a run, line by line as it happens: each is told once. */
export class FaultLines {
  readonly #begun = new Set<FaultId>();
  readonly #over = new Set<FaultId>();
  #leaders = 0;
  #outages = 0;
  #standing = '';

  next(view: RunView): string[] {
    const begin = view.phases.find(({ phase }) => phase === 'measuring')?.startedAt;
    if (begin === undefined) return [];
    const lines = [...this.#faults(view, begin), ...this.#news(view, begin)];
    // A cluster that nothing was done to has nothing to say about its standing.
    const isHurt = view.faults.length > 0 || view.deaths.length > 0;
    const sentence = (isHurt ? view.standing?.sentence : null) ?? this.#standing;
    if (sentence !== this.#standing) lines.push(`          ${sentence}`);
    this.#standing = sentence;
    return lines;
  }

  #faults({ faults }: RunView, begin: number): string[] {
    const lines: string[] = [];
    for (const { id, title, startedAt, endedAt, problem } of faults) {
      if (!this.#begun.has(id)) lines.push(`          fault ${id}: ${title}, at ${seconds(startedAt - begin)} of the window`);
      this.#begun.add(id);
      if (endedAt === null || this.#over.has(id)) continue;
      this.#over.add(id);
      if (problem !== null) lines.push(`          fault ${id}: not wholly done: ${problem}`);
      else if (endedAt > startedAt) lines.push(`          fault ${id}: over after ${formatMs(endedAt - startedAt)}`);
    }
    return lines;
  }

  #news({ leaders, outages }: RunView, begin: number): string[] {
    const lines = leaders
      .slice(Math.max(1, this.#leaders))
      .map(({ leader, view, at }) => `          ${leader} leads view ${view}, at ${seconds(at - begin)}`);
    const told = outages.slice(this.#outages).filter(isTold);
    lines.push(...told.map((outage) => `          no reply for ${sayOutage(outage)}`));
    this.#leaders = leaders.length;
    this.#outages = outages.length;
    return lines;
  }
}
