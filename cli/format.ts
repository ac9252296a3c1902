/** 131.4 us, 2.31 ms: three or four significant digits with the unit that suits. */
export function formatNs(ns: number | null): string {
  if (ns === null) return 'unknown';
  if (ns < 1_000_000) return `${(ns / 1000).toFixed(1)} us`;
  return ns < 1_000_000_000 ? `${(ns / 1_000_000).toFixed(2)} ms` : `${(ns / 1_000_000_000).toFixed(2)} s`;
}

/** 20,034 */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** 2026-11-23 19:20, in the terminal's time zone. */
export function formatTime(ms: number): string {
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Columns as wide as their widest cell, two spaces apart. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
