/**
 * Files in and out: `GET /api/experiments/<id>/report.html` and the like, `GET /api/runs/archive.tar.gz?ids=`,
 * `GET /api/runs/<id>/bpf.json` and `bpf.csv`, `POST /api/import` and `POST /api/import-raw`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { FileServices, LabServices } from '../api/context';
import { runId } from '../api/inputs';
import type { ReportFormat } from '../experiments/planned/file-desk';
import { bpfChunks, parseBpfPath } from './bpf-download';

const CONTENT_TYPES = {
  'report.html': ['html', 'text/html; charset=utf-8'],
  'report.md': ['md', 'text/markdown; charset=utf-8'],
  'results.csv': ['results.csv', 'text/csv; charset=utf-8'],
  'runs.csv': ['runs.csv', 'text/csv; charset=utf-8'],
} as const satisfies Record<string, readonly [ReportFormat, string]>;

const runIds = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(runId).min(1).max(10_000));

const rawRun = z.object({
  name: z.string().min(1).max(200),
  scenario: z.string().min(1).max(128),
  replicas: z.coerce.number().int().min(1).max(99),
  variant: z.string().min(1).max(128),
  clients: z.coerce.number().int().min(1).max(1000),
});

/** Answers if the path is one of these; false for every other. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  { files, bpf }: Pick<LabServices, 'files' | 'bpf'>,
): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://panel');
  if (request.method === 'POST') return takeFile(request, response, { files, url });
  const archive = /^\/api\/experiments\/(x-\d{4,9})\/archive\.tar\.gz$/.exec(url.pathname)?.[1];
  if (archive !== undefined) {
    await send(response, files.exportArchive({ experiment: archive }), { type: 'application/gzip', name: `${archive}.tar.gz` });
    return true;
  }
  const seen = parseBpfPath(url.pathname);
  if (seen !== null) {
    await send(response, bpfChunks(bpf, seen), { type: seen.type, name: `${seen.id}.bpf.${seen.format}` });
    return true;
  }
  if (url.pathname === '/api/runs/archive.tar.gz') {
    const runs = runIds.parse(url.searchParams.get('ids') ?? '');
    await send(response, files.exportArchive({ runs }), { type: 'application/gzip', name: 'electrode-lab-runs.tar.gz' });
    return true;
  }
  const [, id, file = ''] = /^\/api\/experiments\/(x-\d{4,9})\/([a-z.]+)$/.exec(url.pathname) ?? [];
  const known = Object.entries(CONTENT_TYPES).find(([name]) => name === file)?.[1];
  if (id === undefined || known === undefined) return false;
  const [format, type] = known;
  await send(response, asChunks(files.report(id, format)), { type, name: `${id}.${file}` });
  return true;
}

type Incoming = { files: FileServices; url: URL };

/** The body is the file itself; the answer says which ids it got. */
async function takeFile(request: IncomingMessage, response: ServerResponse, { files, url }: Incoming): Promise<boolean> {
  const name = url.searchParams.get('name') ?? 'the uploaded archive';
  if (url.pathname === '/api/import') {
    sendJson(response, await files.importArchive(request, name));
    return true;
  }
  if (url.pathname !== '/api/import-raw') return false;
  const facts = rawRun.parse(Object.fromEntries(url.searchParams));
  sendJson(response, { run: await files.importRaw(request, facts) });
  return true;
}

async function send(
  response: ServerResponse,
  chunks: AsyncIterable<Uint8Array>,
  { type, name }: { type: string; name: string },
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  // The first chunk is made before the headers go out: what cannot be exported is said in words, not in a torn file.
  const first = await iterator.next();
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  await pipeline(Readable.from(withFirst(first, iterator)), response);
}

/** The chunks from the first one on; whoever stops reading early ends the source too. */
async function* withFirst(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, unknown> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* asChunks(text: string): AsyncGenerator<Uint8Array, void, unknown> {
  yield Buffer.from(text);
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body));
}
