/** How many sends and copies a broadcast took, counted over sampled operations. */
import { formatCount, formatPlural } from '@/components/ui/format';
import type { Operation } from './operations';
import { POINT } from './trace-points';

type Shape = { sends: number; copies: number; clones: number };

/** No operation has as many sends, so that three counts make one number. */
const MOST = 1 << 16;

type Headline = {
  /** `1 send and 4 copies per broadcast (3 clones in the kernel)`. */
  words: string;
  /** `n = 1,234 operations`, and how many of them look otherwise. */
  basis: string;
  /** Whether all operations agree. */
  agreed: boolean;
};

/**
 * Of operations whose both ends are known and that ended before `untilUs`, so that the points of others are not still on their
 * way. Null without one.
 */
export function headlineOf(operations: readonly Operation[], untilUs: number): Headline | null {
  const counts = new Map<number, { shape: Shape; operations: number }>();
  let n = 0;
  for (const operation of operations) {
    if (operation.sentUs === null || operation.repliedUs === null || operation.lastUs > untilUs) continue;
    const shape = shapeOf(operation);
    const key = (shape.sends * MOST + shape.copies) * MOST + shape.clones;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { shape, operations: 1 });
    else known.operations++;
    n++;
  }
  const usual = [...counts.values()].reduce<{ shape: Shape; operations: number } | null>(
    (most, each) => (most === null || each.operations > most.operations ? each : most),
    null,
  );
  if (usual === null) return null;
  const others = n - usual.operations;
  const basis = `n = ${formatPlural(n, 'operation', 'operations')}`;
  return {
    words: wordsOf(usual.shape),
    basis: others === 0 ? basis : `${basis}, ${formatCount(others)} of them ${others === 1 ? 'looks' : 'look'} otherwise`,
    agreed: others === 0,
  };
}

export function shapeOf({ points }: Operation): Shape {
  const shape = { sends: 0, copies: 0, clones: 0 };
  for (const { point } of points) {
    if (point === POINT.leader_send) shape.sends++;
    else if (point === POINT.egress) shape.copies++;
    else if (point === POINT.egress_clone) {
      shape.copies++;
      shape.clones++;
    }
  }
  return shape;
}

export function wordsOf({ sends, copies, clones }: Shape): string {
  const sent = formatPlural(sends, 'send', 'sends');
  if (clones === 0 && sends === copies) return `${sent} per broadcast`;
  const made = clones === 0 ? '' : ` (${formatPlural(clones, 'clone', 'clones')} in the kernel)`;
  return `${sent} and ${formatPlural(copies, 'copy', 'copies')} per broadcast${made}`;
}
