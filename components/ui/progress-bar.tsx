import clsx from 'clsx';

type ProgressBarProps = {
  label: string;
  /** 0..1; null while it cannot be told. */
  fraction: number | null;
  tone?: 'accent' | 'ok' | 'bad' | 'quiet';
};

const FILLS = { accent: 'bg-accent', ok: 'bg-ok', bad: 'bg-bad', quiet: 'bg-fg-3' } as const;

export function ProgressBar({ label, fraction, tone = 'accent' }: ProgressBarProps) {
  const percent = fraction === null ? undefined : Math.round(Math.min(1, Math.max(0, fraction)) * 1000) / 10;
  return (
    <div
      aria-label={label}
      aria-valuemax={100}
      aria-valuemin={0}
      aria-valuenow={percent === undefined ? undefined : Math.round(percent)}
      className={clsx('h-1 overflow-hidden rounded-full', percent === undefined ? 'hatch' : 'bg-surface-3')}
      role="progressbar"
    >
      {percent === undefined ? null : (
        <div className={clsx('h-full rounded-full', FILLS[tone])} style={{ width: `${percent}%` }} />
      )}
    </div>
  );
}
