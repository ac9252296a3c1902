/**
 * `GET /api/runs/<id>/log.txt` and `log.jsonl`: a run's log as a file, however long it is; all of it, or with
 * `?text=&regex=1&inverse=1&level=&sources=a,b` what that filter shows.
 */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { LabServices } from '../api/context';
import { logFilter } from '../api/inputs';
import { type LogFilter, NO_FILTER } from '../domain/log-filter';
import type { LogLine } from '../domain/log-line';

export type LogRequest = { id: string; format: 'txt' | 'jsonl'; filter: LogFilter };

/**
 * Null for every other path. The id is of one form only, so no path of the file system can be spelled. Throws ZodError
 * for a query that is no filter.
 */
export function parseLogRequest(address: string): LogRequest | null {
  const [pathname = '', query = ''] = address.split('?', 2);
  const match = /^\/api\/runs\/(r-\d{4,9})\/log\.(txt|jsonl)$/.exec(pathname);
  if (match?.[1] === undefined) return null;
  return { id: match[1], format: match[2] === 'txt' ? 'txt' : 'jsonl', filter: parseFilter(new URLSearchParams(query)) };
}

function parseFilter(query: URLSearchParams): LogFilter {
  return logFilter.parse({
    text: query.get('text') ?? NO_FILTER.text,
    regex: query.get('regex') === '1',
    inverse: query.get('inverse') === '1',
    level: query.get('level') ?? NO_FILTER.level,
    sources: query.get('sources')?.split(',').filter(Boolean) ?? NO_FILTER.sources,
  });
}

export async function sendLog(
  response: ServerResponse,
  { logs }: Pick<LabServices, 'logs'>,
  { id, format, filter }: LogRequest,
): Promise<void> {
  const batches = logs.all(id, filter)[Symbol.asyncIterator]();
  // The first lines are looked for before the headers go out: what cannot be sent is said in words, not in a torn file.
  let next = await batches.next();
  response.setHeader('Content-Type', format === 'txt' ? 'text/plain; charset=utf-8' : 'application/x-ndjson; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${id}.log.${format}"`);
  for (; next.done !== true && !response.destroyed; next = await batches.next()) {
    const room = response.write(next.value.map(format === 'txt' ? asText : asJson).join(''));
    if (!room) await roomOrEnd(response);
  }
  response.end();
}

/** Leaves no listener behind: a long log waits for room thousands of times. */
async function roomOrEnd(response: ServerResponse): Promise<void> {
  const either = new AbortController();
  const options = { signal: either.signal };
  await Promise.race([once(response, 'drain', options), once(response, 'close', options)]).finally(() => either.abort());
}

function asText(line: LogLine): string {
  return `${line.time} ${line.source} ${line.stream === 'stderr' ? 'err' : 'out'} ${line.text}\n`;
}

function asJson(line: LogLine): string {
  return `${JSON.stringify(line)}\n`;
}
