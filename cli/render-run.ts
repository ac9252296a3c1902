import { isOver, type RunConfig, type RunView } from '@/server/domain/run';
import { faultRows } from './fault-rows';
import { formatCount, formatNs, formatTime, table } from './format';

/** A run in a few lines for people. */
export function renderRun(view: RunView): string {
  const { config } = view;
  const rows = [
    ['run', `${config.id}  ${config.scenario}  ${config.variant.name}  ${view.state}  (${formatTime(config.createdAt)})`],
    ['workload', sayWorkload(config)],
    ['requests', sayRequests(view)],
    ...figures(view),
    ...faultRows(view),
    ...proof(view),
    ...safety(view),
  ];
  if (view.error !== null) {
    rows.push(['error', view.error.message]);
    if (view.error.remedy !== null) rows.push(['remedy', view.error.remedy]);
  }
  return table(rows);
}

/** `20,000 requests, 1 client, 64 B, 50 % GET, warm-up 2 s, CPUs auto` */
function sayWorkload({ workload }: RunConfig): string {
  const { amount, clients, payloadBytes, getPercent, warmupSeconds, placement } = workload;
  const words = [
    amount.kind === 'requests' ? `${formatCount(amount.requests)} requests` : `${amount.seconds} s`,
    `${clients} ${clients === 1 ? 'client' : 'clients'}`,
    `${formatCount(payloadBytes)} B`,
    `${getPercent} % GET`,
    `warm-up ${warmupSeconds} s`,
    `CPUs ${placement}`,
  ];
  return words.join(', ');
}

function sayRequests({ completed, timeouts, clientRetries }: RunView): string {
  return `${formatCount(completed)} completed, ${formatCount(timeouts)} timed out, ${formatCount(clientRetries)} sent again`;
}

function figures({ latency, throughputPerS, leaderCpuNs, launchToFirstRequestMs, completed }: RunView): string[][] {
  const rows: string[][] = [];
  if (latency !== null) {
    const { p50Ns, p90Ns, p99Ns, p999Ns, maxNs, n } = latency;
    const named = { p50: p50Ns, p90: p90Ns, p99: p99Ns, 'p99.9': p999Ns, max: maxNs };
    const words = Object.entries(named).map(([name, ns]) => `${name} ${formatNs(ns)}`);
    rows.push(['latency', `${words.join(', ')} (n = ${formatCount(n)})`]);
  }
  if (throughputPerS !== null) rows.push(['throughput', `${formatCount(throughputPerS)} requests/s`]);
  if (leaderCpuNs !== null && completed > 0) rows.push(['leader CPU', `${formatNs(leaderCpuNs / completed)} per request`]);
  if (launchToFirstRequestMs !== null) {
    rows.push(['launch', `${(launchToFirstRequestMs / 1000).toFixed(2)} s to the first request`]);
  }
  return rows;
}

function safety({ safety: judged }: RunView): string[][] {
  return judged === null ? [] : [['safety', `${judged.verdict.replace('_', ' ')}: ${judged.reason}`]];
}

/** Each part with its reason; then what it means for the variant, which decides on the exit code. */
function proof({ proof: judged, state, config }: RunView): string[][] {
  if (judged === null) return isOver(state) ? [['proof', 'none: the run did not come to it']] : [];
  const rows = [
    ['offload', `${judged.mechanism.verdict}: ${judged.mechanism.reason}`],
    ['delivery', `${judged.delivery.verdict}: ${judged.delivery.reason}`],
    ['same log', `${judged.sameLog.verdict}: ${judged.sameLog.reason}`],
  ];
  if (judged.fits) return [...rows, ['proof', `fits ${config.variant.name}`]];
  // The reasons stand above; the first sentence says what they contradict.
  const objections = judged.objections.map((text) => text.split(/(?<=\.)\s/)[0] ?? text);
  return [...rows, ['proof', `DOES NOT FIT ${config.variant.name}: ${objections.join(' ')}`]];
}
