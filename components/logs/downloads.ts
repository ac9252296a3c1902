import type { FileLink } from '@/components/ui/file-menu';
import type { LogFilter } from '@/server/api/types';

const FORMATS = [
  { file: 'log.txt', note: 'as text' },
  { file: 'log.jsonl', note: 'JSON Lines, one object a line' },
] as const;

/** The whole log and what a filter shows of it, in both forms. */
export function downloadsOf(runId: string, filter: LogFilter): FileLink[] {
  const base = `/api/runs/${encodeURIComponent(runId)}`;
  const query = queryOf(filter);
  return [
    ...FORMATS.map(({ file, note }) => ({ title: 'The whole log', note, href: `${base}/${file}` })),
    ...FORMATS.map(({ file, note }) => ({ title: 'What the filter shows', note, href: `${base}/${file}?${query}` })),
  ];
}

function queryOf({ text, regex, inverse, level, sources }: LogFilter): string {
  const query = new URLSearchParams();
  if (text !== '') query.set('text', text);
  if (regex) query.set('regex', '1');
  if (inverse) query.set('inverse', '1');
  query.set('level', level);
  if (sources.length > 0) query.set('sources', sources.join());
  return query.toString();
}
