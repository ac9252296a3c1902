import type { FaultRecord, Outage } from '@/server/domain/fault';
import type { RunView } from '@/server/domain/run';
import { formatCount } from './format';

/** What was done to the cluster, who led, and how long nobody answered; nothing of a run in which none of it happened. */
export function faultRows({ faults, outages, leaders, phases }: RunView): string[][] {
  const begin = phases.find(({ phase }) => phase === 'measuring')?.startedAt ?? 0;
  const rows = faults.map((fault) => [`fault ${fault.id}`, sayFault(fault, begin)]);
  if (leaders.length > 1) {
    const words = leaders.map(({ leader, view, at }) => `${leader} (view ${view}, ${seconds(at - begin)})`);
    rows.push(['leaders', words.join(', ')]);
  }
  if (outages.length > 0) rows.push(['outages', sayOutages(outages)]);
  return rows;
}

/** `kill replica1 at 5.0 s for 4.0 s: replies again after 212 ms; 1,204 datagrams lost` */
function sayFault({ title, startedAt, endedAt, recoveryMs, lost, doubled, problem }: FaultRecord, begin: number): string {
  const lasted = endedAt === null || endedAt === startedAt ? '' : ` for ${seconds(endedAt - startedAt)}`;
  const came = [
    ...(recoveryMs === null ? [] : [`replies again after ${formatMs(recoveryMs)}`]),
    ...(lost === null ? [] : [`${formatCount(lost)} datagrams lost, ${formatCount(doubled ?? 0)} doubled`]),
    ...(problem === null ? [] : [`NOT WHOLLY DONE: ${problem}`]),
  ];
  return `${title} at ${seconds(startedAt - begin)}${lasted}${came.length === 0 ? '' : `: ${came.join('; ')}`}`;
}

/** The longest ones, in their order. */
const SHOWN = 5;

function sayOutages(outages: Outage[]): string {
  const longest = [...outages].sort((a, b) => b.durationMs - a.durationMs).slice(0, SHOWN);
  const words = longest.sort((a, b) => a.startMs - b.startMs).map(sayOutage);
  const more = outages.length > SHOWN ? `, and ${formatCount(outages.length - SHOWN)} shorter` : '';
  return `${words.join(', ')}${more}`;
}

export function sayOutage({ startMs, durationMs, leaderBefore, leaderAfter }: Outage): string {
  const who = leaderBefore === leaderAfter ? '' : ` (${leaderBefore ?? 'nobody'} to ${leaderAfter ?? 'nobody'})`;
  return `${formatMs(durationMs)} at ${seconds(startMs)}${who}`;
}

export const formatMs = (ms: number) => (ms < 10_000 ? `${Math.round(ms)} ms` : seconds(ms));
export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
