import { VariantTag } from '@/components/scenarios/variant-mark';
import { formatCount } from '@/components/ui/format';
import type { RunView } from '@/server/api/types';
import { OffloadReading } from './offload-reading';

type Bar = { name: string; value: number | null; bad: boolean };

/** One run's proof as four bars on one scale: what was sent, what left, what arrived, what had to. */
export function ProofSide({ run, colour }: { run: RunView; colour: string }) {
  const { proof, config } = run;
  const followers = config.replicas.length - 1;
  const mechanism = proof?.mechanism ?? null;
  const expected = mechanism?.broadcasts == null ? null : mechanism.broadcasts * followers;
  const frames = total(mechanism?.frames);
  const receipts = total(proof?.delivery.receipts);
  const bars: Bar[] = [
    { name: 'sent by the leader', value: mechanism?.sent ?? null, bad: false },
    { name: 'frames past its egress', value: frames, bad: falls(frames, expected) },
    { name: 'receipts at followers', value: receipts, bad: falls(receipts, frames) },
    { name: 'expected', value: expected, bad: false },
  ];
  const scale = Math.max(1, ...bars.map((bar) => bar.value ?? 0));
  return (
    <div className="min-w-0 p-3 md:px-4 md:py-3.5">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <span className="mono text-12">{config.id}</span>
        <VariantTag variant={config.variant.name} />
        {mechanism === null ? null : (
          <span className="ml-auto">
            <OffloadReading boxed verdict={mechanism.verdict} />
          </span>
        )}
      </div>
      <dl>
        {bars.map((bar) => (
          <div className="grid h-6 grid-cols-[132px_minmax(0,1fr)_84px] items-center gap-3" key={bar.name}>
            <dt className="whitespace-nowrap text-12 text-fg-2">{bar.name}</dt>
            <div aria-hidden="true" className="h-2 overflow-hidden rounded-[2px] bg-surface-3">
              <div
                className="h-full rounded-[2px]"
                style={{
                  width: `${((bar.value ?? 0) / scale) * 100}%`,
                  background: bar.bad ? 'var(--bad)' : bar.name === 'expected' ? 'var(--text-3)' : colour,
                }}
              />
            </div>
            <dd className={bar.bad ? 'text-right font-semibold text-bad' : 'text-right font-semibold'}>
              {formatCount(bar.value)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-12 text-fg-3">
        {mechanism?.reason ?? 'This run has no proof: it did not finish.'} {proof?.delivery.reason ?? ''}
      </p>
    </div>
  );
}

/** Sum over followers; null as soon as one is unknown. */
function total(byFollower: Record<string, number | null> | undefined): number | null {
  const values = Object.values(byFollower ?? {});
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

function falls(value: number | null, expected: number | null): boolean {
  return value !== null && expected !== null && value < expected;
}
