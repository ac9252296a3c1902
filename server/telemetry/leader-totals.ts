/** What a leader's status events say of its view in the measured window: totals, and where they began. */
import type { LeaderReport } from '@/server/domain/proof';

export type LeaderTotals = {
  view: number;
  broadcasts: number;
  sent: number;
  /** By follower name; empty where frames cannot be counted. */
  frames: Record<string, number>;
  resends: number;
};

/**
 * from: where counting begins, the first status of the measured window, since those before hold copies sent while addresses
 * were unknown; nothing for a view that began inside the window. before: the status before the last: what had been broadcast
 * then has left the interface by now.
 */
export type TotalsSoFar = { from: LeaderTotals; before: LeaderTotals; now: LeaderTotals } | null;

export const NO_TOTALS: TotalsSoFar = null;

/** began: the view is younger than the measured window. */
export function nextTotals(so: TotalsSoFar, now: LeaderTotals, began: boolean): TotalsSoFar {
  if (so?.from.view === now.view) return { from: so.from, before: so.now, now };
  const from = began ? { view: now.view, broadcasts: 0, sent: 0, frames: {}, resends: 0 } : now;
  return { from, before: from, now };
}

/** What was counted from where counting began; null if that is nothing. */
export function reportOf(so: TotalsSoFar, at: number): LeaderReport | null {
  if (so === null) return null;
  const { from, now } = so;
  const broadcasts = now.broadcasts - from.broadcasts;
  if (broadcasts <= 0) return null;
  return {
    view: now.view,
    at,
    broadcasts,
    sent: now.sent - from.sent,
    frames: framesSince(so),
    resends: now.resends - from.resends,
  };
}

export function framesSince({ from, now }: NonNullable<TotalsSoFar>): Record<string, number> {
  return Object.fromEntries(Object.entries(now.frames).map(([name, frames]) => [name, frames - (from.frames[name] ?? 0)]));
}
