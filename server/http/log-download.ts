/** `GET /api/runs/<id>/log.txt` and `log.jsonl`: a run's whole log as a file, page by page, however long it is. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { LabServices } from '../api/context';
import type { LogLine } from '../domain/log-line';

const PAGE_LINES = 5000;

export type LogRequest = { id: string; format: 'txt' | 'jsonl' };

/** Null for every other path. The id is of one form only, so no path of the file system can be spelled. */
export function parseLogPath(pathname: string): LogRequest | null {
  const match = /^\/api\/runs\/(r-\d{4,9})\/log\.(txt|jsonl)$/.exec(pathname);
  if (match?.[1] === undefined) return null;
  return { id: match[1], format: match[2] === 'txt' ? 'txt' : 'jsonl' };
}

export async function sendLog(response: ServerResponse, services: LabServices, { id, format }: LogRequest): Promise<void> {
  services.view(id);
  response.setHeader('Content-Type', format === 'txt' ? 'text/plain; charset=utf-8' : 'application/x-ndjson; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${id}.log.${format}"`);
  let fromSeq = 1;
  while (!response.destroyed) {
    const lines = await services.logPage(id, fromSeq, PAGE_LINES);
    const last = lines.at(-1);
    if (last === undefined) break;
    fromSeq = last.seq + 1;
    const room = response.write(lines.map(format === 'txt' ? asText : asJson).join(''));
    if (!room) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}

function asText(line: LogLine): string {
  return `${line.time} ${line.source} ${line.stream === 'stderr' ? 'err' : 'out'} ${line.text}\n`;
}

function asJson(line: LogLine): string {
  return `${JSON.stringify(line)}\n`;
}
