import { formatRatio } from '@/components/ui/format';
import type { MetricResult } from '@/server/api/types';
import { showRange } from './read-results';

const WIDTH = 132;
const HEIGHT = 20;

type ForestMarkProps = {
  row: Pick<MetricResult, 'medianRatio' | 'ci95' | 'noise'>;
  /** Logarithm of the ratio at either edge; 1 is in the middle. */
  reach: number;
};

/** The median ratio as a square on its interval, a line at 1, and the noise floor behind. */
export function ForestMark({ row: { medianRatio, ci95, noise }, reach }: ForestMarkProps) {
  if (medianRatio === null) return null;
  const x = (ratio: number) => WIDTH / 2 + (clamp(Math.log(ratio), reach) / reach) * (WIDTH / 2 - 4);
  const middle = HEIGHT / 2;
  const [low, high] = ci95 ?? [medianRatio, medianRatio];
  return (
    <svg
      aria-label={`Median ratio ${formatRatio(medianRatio)}, 95 % interval ${showRange(ci95)}`}
      className="inline-block align-middle"
      height={HEIGHT}
      role="img"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
    >
      {noise === null ? null : (
        <rect fill="var(--surface-3)" height={HEIGHT} width={x(noise[1]) - x(noise[0])} x={x(noise[0])} y={0} />
      )}
      <line stroke="var(--axis)" x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
      <line stroke="var(--text)" strokeWidth={1.5} x1={x(low)} x2={x(high)} y1={middle} y2={middle} />
      <rect fill="var(--text)" height={6} width={6} x={x(medianRatio) - 3} y={middle - 3} />
    </svg>
  );
}

/** The ends of the scale, for the head of the column. */
export function ForestScale({ reach }: { reach: number }) {
  return (
    <span className="flex justify-between font-normal text-11" style={{ width: WIDTH }}>
      <span>{formatRatio(Math.exp(-reach))}</span>
      <span>1</span>
      <span>{formatRatio(Math.exp(reach))}</span>
    </span>
  );
}

const clamp = (value: number, reach: number) => Math.max(-reach, Math.min(reach, value));
