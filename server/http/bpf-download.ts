/** `GET /api/runs/<id>/bpf.json` and `bpf.csv`: all that was seen of a run's eBPF, record by record. */
import type { BpfServices } from '../api/context';
import type { BpfSeries } from '../domain/bpf-watch';

export type BpfFormat = 'json' | 'csv';

const CONTENT_TYPES = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8' } as const;

export type BpfDownload = { id: string; format: BpfFormat; type: string };

/** Null for every other path. The id is of one form only, so no path of the file system can be spelled. */
export function parseBpfPath(pathname: string): BpfDownload | null {
  const match = /^\/api\/runs\/(r-\d{4,9})\/bpf\.(json|csv)$/.exec(pathname);
  if (match?.[1] === undefined) return null;
  const format = match[2] === 'csv' ? 'csv' : 'json';
  return { id: match[1], format, type: CONTENT_TYPES[format] };
}

/** Throws unknown_run before its first chunk. */
export async function* bpfChunks(
  bpf: Pick<BpfServices, 'samples' | 'series' | 'codes'>,
  { id, format }: BpfDownload,
): AsyncGenerator<Uint8Array, void, unknown> {
  const { series, lives } = bpf.series(id);
  const texts =
    format === 'csv' ? csvLines(series) : jsonPieces(id, { samples: bpf.samples(id), series, lives, codes: bpf.codes(id) });
  for (const text of texts) yield Buffer.from(text);
}

/** One document, a record a line. */
function* jsonPieces(id: string, lists: Record<string, readonly unknown[]>): Generator<string> {
  yield `{"schemaVersion":1,"runId":${JSON.stringify(id)}`;
  for (const [name, records] of Object.entries(lists)) {
    yield `,\n"${name}":[`;
    for (const [at, record] of records.entries()) yield `${at === 0 ? '' : ','}\n${JSON.stringify(record)}`;
    yield ']';
  }
  yield '}\n';
}

/**
 * at: milliseconds since the Unix epoch. Rates are over the look before; they are empty where the counters stood still, since
 * without statistics they do.
 */
function* csvLines(all: readonly BpfSeries[]): Generator<string> {
  yield 'replica,program,at,run_cnt,run_time_ns,runs_per_s,ns_per_run,program_id,tag\n';
  for (const series of all) {
    let lines = '';
    for (let at = 0; at < series.at.length; at++) lines += csvLine(series, at);
    yield lines;
  }
}

function csvLine(series: BpfSeries, at: number): string {
  const { replica, name, programId, tag } = series;
  const runs = gain(series.runCnt, at);
  const spentNs = gain(series.runTimeNs, at);
  const elapsedMs = gain(series.at, at);
  const counted = runs !== null && runs > 0;
  const runsPerS = counted && elapsedMs !== null && elapsedMs > 0 ? ((runs * 1000) / elapsedMs).toFixed(1) : '';
  const nsPerRun = counted && spentNs !== null ? (spentNs / runs).toFixed(1) : '';
  const figures = [series.at[at], series.runCnt[at], series.runTimeNs[at]].map((figure) => figure ?? '');
  return `${[replica, name, ...figures, runsPerS, nsPerRun, programId, tag].join(',')}\n`;
}

function gain(column: readonly (number | null)[], at: number): number | null {
  const [before, now] = [column[at - 1] ?? null, column[at] ?? null];
  return before === null || now === null ? null : now - before;
}
