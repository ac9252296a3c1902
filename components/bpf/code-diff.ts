import { normaliseCode } from './normalise-code';

/** One row of a comparison, side by side: a missing side is null. */
export type DiffRow = { kind: 'same' | 'left' | 'right' | 'changed'; left: string | null; right: string | null };
export type DiffPart = { kind: 'rows'; rows: DiffRow[] } | { kind: 'fold'; lines: number };

/** Equal lines shown around a difference. */
const CONTEXT = 3;

/** Pairs of equal and different lines; the words shown are the originals, what is compared is normalised. */
export async function diffCode(left: readonly string[], right: readonly string[]): Promise<DiffRow[]> {
  const { diffArrays } = await import('diff');
  const changes = diffArrays(normaliseCode(left), normaliseCode(right));
  const rows: DiffRow[] = [];
  let [l, r] = [0, 0];
  for (const { added, removed, count } of changes) {
    for (let line = 0; line < count; line += 1) {
      if (added) rows.push({ kind: 'right', left: null, right: right[r++] ?? '' });
      else if (removed) rows.push({ kind: 'left', left: left[l++] ?? '', right: null });
      else rows.push({ kind: 'same', left: left[l++] ?? '', right: right[r++] ?? '' });
    }
  }
  return rows;
}

export const isSameCode = (rows: readonly DiffRow[]) => rows.every(({ kind }) => kind === 'same');

/** Lines that stand on one side alone are set beside those of the other side that took their place. */
export function sideBySide(rows: readonly DiffRow[]): DiffRow[] {
  const paired: DiffRow[] = [];
  let [lefts, rights]: [DiffRow[], DiffRow[]] = [[], []];
  const flush = () => {
    for (let at = 0; at < Math.max(lefts.length, rights.length); at += 1) {
      const left = lefts[at]?.left ?? null;
      const right = rights[at]?.right ?? null;
      paired.push({ kind: left === null ? 'right' : right === null ? 'left' : 'changed', left, right });
    }
    [lefts, rights] = [[], []];
  };
  for (const row of rows) {
    if (row.kind === 'left') lefts.push(row);
    else if (row.kind === 'right') rights.push(row);
    else {
      flush();
      paired.push(row);
    }
  }
  flush();
  return paired;
}

/** Long stretches of equal lines folded to their number, a few lines left around each difference. */
export function foldSame(rows: readonly DiffRow[]): DiffPart[] {
  const near = rows.map(() => false);
  rows.forEach(({ kind }, at) => {
    if (kind === 'same') return;
    for (let beside = at - CONTEXT; beside <= at + CONTEXT; beside += 1) if (beside in near) near[beside] = true;
  });
  const parts: DiffPart[] = [];
  rows.forEach((row, at) => {
    const last = parts.at(-1);
    if (near[at] === true) {
      if (last?.kind === 'rows') last.rows.push(row);
      else parts.push({ kind: 'rows', rows: [row] });
    } else if (last?.kind === 'fold') last.lines += 1;
    else parts.push({ kind: 'fold', lines: 1 });
  });
  return parts;
}
