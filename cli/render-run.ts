import type { RunView } from '@/server/domain/run';
import { formatNs, table } from './format';

/** A run in a few lines for people. */
export function renderRun(view: RunView): string {
  const { config, latency, proof } = view;
  const rows = [
    ['run', `${config.id}  ${config.scenario}  ${config.variant.name}  ${view.state}`],
    ['requests', `${view.completed} completed, ${view.timeouts} timed out, ${view.clientRetries} sent again`],
  ];
  if (latency !== null) {
    const figures = { p50: latency.p50Ns, p90: latency.p90Ns, p99: latency.p99Ns, 'p99.9': latency.p999Ns, max: latency.maxNs };
    const words = Object.entries(figures).map(([name, ns]) => `${name} ${formatNs(ns)}`);
    rows.push(['latency', `${words.join(', ')} (n = ${latency.n})`]);
    rows.push(['throughput', view.throughputPerS === null ? 'unknown' : `${view.throughputPerS.toFixed(0)} requests/s`]);
  }
  if (view.launchToFirstRequestMs !== null)
    rows.push(['launch', `${(view.launchToFirstRequestMs / 1000).toFixed(2)} s to the first request`]);
  if (proof !== null) {
    rows.push(['offload', `${proof.mechanism.verdict}: ${proof.mechanism.reason}`]);
    rows.push(['delivery', `${proof.delivery.verdict}: ${proof.delivery.reason}`]);
    rows.push(['same log', `${proof.sameLog.verdict}: ${proof.sameLog.reason}`]);
    for (const objection of proof.objections) rows.push(['objection', objection]);
  }
  if (view.error !== null) rows.push(['error', view.error.message]);
  return table(rows);
}
