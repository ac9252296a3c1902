import clsx from 'clsx';
import { CircleStop, CircleX, LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react';
import { variantColour } from '@/components/scenarios/variant-mark';
import { formatMicros, formatShare } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import { PageLink } from '@/components/ui/page-link';
import type { ExperimentView } from '@/server/api/types';
import type { MatrixField as Field, RunLook } from './matrix';

type MatrixFieldProps = { field: Field; variant: string; running: ExperimentView['running'] };

/** As wide whatever stands inside, so that no column moves when a run ends. */
const BOX = 'relative block h-7 min-w-16 overflow-hidden rounded-[5px] font-medium text-12';
const INSIDE = 'absolute inset-0 flex items-center justify-center gap-1';

/** One run of the plan: its p50, and its verdict as a mark and a word. */
export function MatrixField({ field, variant, running }: MatrixFieldProps) {
  return (
    <td className="p-0.5 text-center">
      {field.kind === 'run' ? (
        <RunField field={field} running={running} variant={variant} />
      ) : (
        <span className={clsx(BOX, 'font-normal text-fg-3', field.kind === 'queued' && 'border border-line')}>
          <span aria-hidden="true" className={INSIDE}>
            {field.kind === 'queued' ? '·' : '–'}
          </span>
          <span className="sr-only">{field.kind === 'queued' ? 'queued' : 'not run'}</span>
        </span>
      )}
    </td>
  );
}

type Look = { icon: LucideIcon | null; box: string };

const LOOKS = {
  valid: { icon: null, box: 'text-fg' },
  suspect: { icon: TriangleAlert, box: 'border border-warn-line bg-warn-soft text-warn' },
  invalid: { icon: CircleX, box: 'border border-bad-line bg-bad-soft text-bad' },
  interrupted: { icon: CircleStop, box: 'border border-line-strong text-fg-2' },
  running: { icon: LoaderCircle, box: 'border-[1.5px] border-accent text-accent' },
} as const satisfies Record<RunLook, Look>;

type RunFieldProps = MatrixFieldProps & { field: Extract<Field, { kind: 'run' }> };

function RunField({ field: { run, look }, variant, running }: RunFieldProps) {
  const { icon, box } = LOOKS[look];
  const share = look === 'running' ? (running?.fraction ?? 0) : null;
  const again = run.attempt > 1 ? `, attempt ${run.attempt}` : '';
  return (
    <PageLink
      className={clsx(BOX, box, 'hover:underline')}
      href={`/runs/${run.runId}`}
      style={look === 'valid' ? { background: `color-mix(in srgb, ${variantColour(variant)} 16%, transparent)` } : undefined}
      title={`${run.runId}, ${look}${again}`}
    >
      {share === null ? null : (
        <span
          aria-hidden="true"
          className="absolute inset-y-0 left-0 bg-accent-soft"
          style={{ width: formatShare(share).replace(' ', '') }}
        />
      )}
      <span className={INSIDE}>
        {icon === null ? null : <Icon of={icon} size={12} />}
        {share === null ? formatMicros(run.figures.p50) : formatShare(share)}
        {run.attempt > 1 ? <sup className="text-11 text-fg-3 leading-none">{run.attempt}</sup> : null}
        <span className="sr-only">
          {look}, {run.runId}
          {again}
        </span>
      </span>
    </PageLink>
  );
}
