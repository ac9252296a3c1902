/** What a view shows at one time; readers see whole editions only. */
export type Edition = {
  /** From 1. */
  number: number;
  total: number;
  shown: number;
  /** Matching lines among all that were looked at; the difference of two editions is what came between. */
  matched: number;
  dropped: number;
  late: number;
  searching: { done: number; of: number } | null;
  /** Nothing will change any more. */
  final: boolean;
};

/** Whether two say the same, numbers apart; what changed within chunks is not looked at. */
export function isSame(a: Edition, b: Edition): boolean {
  return (
    a.total === b.total &&
    a.matched === b.matched &&
    a.dropped === b.dropped &&
    a.late === b.late &&
    a.searching?.done === b.searching?.done &&
    a.searching?.of === b.searching?.of &&
    a.final === b.final
  );
}
