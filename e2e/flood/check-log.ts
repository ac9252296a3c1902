import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { FLOOD_SOURCES, type FloodScenario } from './flood-scenario';

/** A line of log.jsonl as the panel gives it out. */
const logLine = z.object({
  seq: z.int(),
  time: z.string(),
  source: z.string(),
  text: z.string(),
  late: z.literal(true).optional(),
});

export type LogCheck = {
  /** Lines the containers wrote, by their own files. */
  sent: number;
  /** Of them, those that are not in the lab's log, or not as they were written. */
  lost: number;
  /** Lines that are there twice. */
  doubled: number;
  /** Lines whose time is before the line's above them, and which do not say that they are late. */
  outOfOrder: number;
  late: number;
  /** By seq - 1: when the container wrote the line, milliseconds since the Unix epoch; NaN for lines that are none of a flood's. */
  writtenAt: number[];
};

/** Holds the panel's log against what each container wrote. url: of the whole log as JSON lines. */
export async function checkLog(url: string, scenario: FloodScenario): Promise<LogCheck> {
  const check: LogCheck = { sent: 0, lost: 0, doubled: 0, outOfOrder: 0, late: 0, writtenAt: [] };
  const seen = new Map<string, Seen>(FLOOD_SOURCES.map((source) => [source, new Seen()]));
  let latest = '';
  for await (const text of linesOf(await bodyOf(url))) {
    const line = logLine.parse(JSON.parse(text));
    const flood = /^flood (\d+) (\d+) /.exec(line.text);
    check.writtenAt[line.seq - 1] = flood === null ? Number.NaN : Number(flood[2]) / 1000;
    if (line.late === true) check.late += 1;
    else if (line.time < latest) check.outOfOrder += 1;
    if (line.time > latest) latest = line.time;
    if (flood !== null) seen.get(line.source)?.take(Number(flood[1]), line.text);
  }
  for (const [source, { texts, doubled }] of seen) {
    check.doubled += doubled;
    let n = 0;
    for await (const text of createInterface({ input: createReadStream(scenario.fileOf(source)) })) {
      n += 1;
      check.sent += 1;
      if (texts[n - 1] !== hashOf(text)) check.lost += 1;
    }
  }
  return check;
}

/** By n - 1 a hash of each line that a source wrote: ten million whole lines would not fit. */
class Seen {
  readonly texts: number[] = [];
  doubled = 0;

  take(n: number, text: string): void {
    if (this.texts[n - 1] !== undefined) this.doubled += 1;
    this.texts[n - 1] = hashOf(text);
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

async function bodyOf(url: string): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  return response.body;
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const parts = (rest + decoder.decode(read.value, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
