/** A table as it leaves the page; null is a figure nobody knows. */
export type TextTable = {
  head: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
};

type Cell = string | number | null;

/** RFC 4180: CRLF, quotes doubled. Numbers unrounded and with a point; what is unknown is empty. */
export function toCsv({ head, rows }: TextTable): string {
  return `${[head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Columns of numbers align right; a bar in a name does not end its cell. */
export function toMarkdown({ head, rows }: TextTable): string {
  const rule = head.map((_, at) => (rows.some((row) => typeof row[at] === 'number') ? '---:' : '---'));
  return `${[head, rule, ...rows].map((row) => `| ${row.map(markdownCell).join(' | ')} |`).join('\n')}\n`;
}

function markdownCell(cell: Cell): string {
  return cell === null
    ? '–'
    : String(cell)
        .replaceAll('|', '\\|')
        .replace(/\s*\n\s*/g, ' ');
}
