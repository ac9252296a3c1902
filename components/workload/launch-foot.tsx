'use client';
import { Play, TriangleAlert } from 'lucide-react';
import { describeFailure, labErrorOf } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatEstimate } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';

type LaunchFootProps = {
  /** Why nothing can be launched now; null if it can. */
  blocked: string | null;
  launching: boolean;
  estimateMs: number | null;
  /** Runs before this one. */
  ahead: number;
  /** What the last launch came to, unless a field of the form already says it. */
  error: unknown;
  onLaunch: (insist: boolean) => void;
};

/** The one filled button of the page, what it will cost, and what came of it. */
export function LaunchFoot({ blocked, launching, estimateMs, ahead, error, onLaunch }: LaunchFootProps) {
  return (
    <footer className="flex flex-col gap-2 border-line border-t p-3 md:px-4 md:py-3.5">
      {error === null ? null : <LaunchProblem error={error} onInsist={() => onLaunch(true)} />}
      <Button
        className="h-[42px] md:h-[38px]"
        disabled={blocked !== null || launching}
        icon={Play}
        iconFilled
        kind="primary"
        onClick={() => onLaunch(false)}
      >
        {launching ? 'Launching' : 'Launch'}
      </Button>
      {blocked === null ? (
        <p className="flex justify-between gap-3 text-12">
          <span className="text-fg-2">
            {estimateMs === null ? '1 run; how long depends on the rate' : `1 run, about ${formatEstimate(estimateMs)}`}
          </span>
          <span className="text-fg-3">{queuePlace(ahead)}</span>
        </p>
      ) : (
        <p className="text-12 text-fg-2">{blocked}</p>
      )}
    </footer>
  );
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

/** Where a run launched now would stand: it starts at once, or it waits for those before it. */
export function queuePlace(ahead: number): string {
  if (ahead === 0) return 'starts at once';
  return `${ORDINALS[ahead - 1] ?? `number ${ahead}`} in the queue`;
}

type LaunchProblemProps = { error: unknown; onInsist: () => void; insistWord?: string };

/** What the server refused, in its words; a host that looks too small may be insisted on. */
export function LaunchProblem({ error, onInsist, insistWord = 'Launch anyway' }: LaunchProblemProps) {
  const failure = describeFailure(error);
  const tooSmall = labErrorOf(error)?.code === 'host_too_small';
  return (
    <div
      className={`flex flex-col gap-2 rounded-2 border px-3 py-2.5 ${tooSmall ? 'border-warn-line bg-warn-soft' : 'border-bad-line bg-bad-soft'}`}
      role="alert"
    >
      <p className={`flex gap-2 font-medium ${tooSmall ? 'text-warn' : 'text-bad'}`}>
        <Icon className="mt-[3px]" of={TriangleAlert} />
        <span className="min-w-0 [overflow-wrap:anywhere]">{failure.message}</span>
      </p>
      {failure.remedy === null ? null : <p className="text-12 text-fg-2 [overflow-wrap:anywhere]">{failure.remedy}</p>}
      <div className="flex flex-wrap gap-2">
        {tooSmall ? (
          <Button onClick={onInsist} size="small">
            {insistWord}
          </Button>
        ) : null}
        <CopyButton label="Copy details" text={failure.details} />
      </div>
    </div>
  );
}
