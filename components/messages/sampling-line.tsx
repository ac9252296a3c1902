import { formatCount, formatLatency } from '@/components/ui/format';
import type { RunView } from '@/server/api/types';
import type { TraceBook } from './trace-book';

/** How many operations are sampled, what that costs and what is kept. */
export function SamplingLine({ book, run }: { book: TraceBook; run: RunView }) {
  const { sampling } = book;
  if (sampling === null) return null;
  const { every, costNsPerOperation, dropped } = sampling;
  const parts = [
    every === null ? 'nothing is traced now' : `1 of ${formatCount(every)} operations`,
    costNsPerOperation === null
      ? 'what tracing costs is not known yet'
      : `tracing costs ${formatLatency(costNsPerOperation)} per operation by the replicas' and the client's own clocks`,
    `${formatCount(book.pointsKept)} points kept, ${formatCount(dropped + book.droppedHere)} dropped${whoDropped(dropped, book.droppedHere)}`,
  ];
  return (
    <p className="text-12 text-fg-3">
      {parts.join('; ')}.{observing(run)}
    </p>
  );
}

function whoDropped(byReplicas: number, here: number): string {
  if (byReplicas === 0 && here === 0) return '';
  return ` (${formatCount(byReplicas)} by replicas without room, ${formatCount(here)} older ones by this page)`;
}

/** Inside the measured window looking is not free, and the run says so ever after. */
function observing({ state, config }: RunView): string {
  if (config.observe.trace) return '';
  if (state === 'measuring') return ' Looking here traces: it is noted on the run as inside its measured window.';
  return state === 'warmup' || state === 'leader'
    ? ' Looking here traces; inside the measured window it is noted on the run.'
    : '';
}
