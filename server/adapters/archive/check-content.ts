import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import type { z } from 'zod';
import { EXPERIMENT } from './archive-format';
import type { ArchiveLimits } from './archive-limits';
import { parseJson } from './bad-archive';
import { bpfSchema } from './bpf-schema';
import { experimentSchema } from './experiment-schema';
import { LineSplitter } from './line-splitter';
import { eventSchema, intervalSchema, logLineSchema, sampleSchema } from './measurement-schema';
import { runViewSchema } from './run-schema';

/** Looks at a file while it passes; throws at the first thing that is wrong. */
export type ContentCheck = { push(chunk: Uint8Array): void; end(): void };

/** Makes the error for a place in the archive. */
type Refuse = (place: string, cause: string) => Error;

const LINES: Record<string, () => LineCheck> = {
  'intervals.jsonl': () => inOrder(intervalSchema, ({ phase, index }) => [phase === 'warmup' ? 0 : 1, index]),
  'events.jsonl': () => anyOrder(eventSchema),
  'samples.jsonl': () => anyOrder(sampleSchema),
  'bpf.jsonl': () => anyOrder(bpfSchema),
  'log.jsonl': () => inOrder(logLineSchema, ({ seq }) => [seq]),
};

/** By the file's name: a record as a whole, or one per line. */
export function checkOf(path: string, limits: ArchiveLimits, refuse: Refuse): ContentCheck {
  const lines = LINES[basename(path)];
  if (lines !== undefined) return checkLines(path, { check: lines(), limit: limits.lineBytes, refuse });
  return checkRecord(path, {
    check: path === EXPERIMENT ? anyOrder(experimentSchema) : checkView(path),
    limit: limits.recordBytes,
    refuse,
  });
}

/** What is wrong with one line or record; null if nothing is. */
type LineCheck = (text: string) => string | null;
type Checking = { check: LineCheck; limit: number; refuse: Refuse };

function checkLines(path: string, { check, limit, refuse }: Checking): ContentCheck {
  const splitter = new LineSplitter();
  let number = 0;
  const tooLong = () => refuse(`${path} line ${number + 1}`, `it is longer than ${limit} bytes.`);
  return {
    push(chunk) {
      for (const line of splitter.push(chunk)) {
        if (line.length > limit) throw tooLong();
        number += 1;
        const problem = judge(check, line);
        if (problem !== null) throw refuse(`${path} line ${number}`, `${problem}.`);
      }
      if (splitter.waitingBytes > limit) throw tooLong();
    },
    end() {
      if (splitter.waitingBytes > 0) throw refuse(`${path} line ${number + 1}`, 'it breaks off before its end.');
    },
  };
}

function checkRecord(path: string, { check, limit, refuse }: Checking): ContentCheck {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    push(chunk) {
      bytes += chunk.length;
      if (bytes > limit) throw refuse(path, `it is larger than ${limit} bytes.`);
      chunks.push(chunk);
    },
    end() {
      const problem = judge(check, Buffer.concat(chunks));
      if (problem !== null) throw refuse(path, `${problem}.`);
    },
  };
}

function judge(check: LineCheck, bytes: Buffer): string | null {
  return isUtf8(bytes) ? check(bytes.toString('utf8')) : 'it is not UTF-8';
}

function anyOrder<T>(schema: z.ZodType<T>): LineCheck {
  return (text) => {
    const parsed = parseJson(text, schema);
    return parsed.ok ? null : parsed.problem;
  };
}

/** Positions must rise from line to line: a store keeps one row for each. */
function inOrder<T>(schema: z.ZodType<T>, positionOf: (record: T) => number[]): LineCheck {
  let last: number[] = [];
  return (text) => {
    const parsed = parseJson(text, schema);
    if (!parsed.ok) return parsed.problem;
    const position = positionOf(parsed.value);
    const rises = isBefore(last, position);
    last = position;
    return rises ? null : 'it stands out of order, or twice';
  };
}

function isBefore(a: number[], b: number[]): boolean {
  const at = b.findIndex((value, index) => value !== a[index]);
  return at >= 0 && (a[at] ?? Number.NEGATIVE_INFINITY) < (b[at] ?? 0);
}

/** A run must say of itself what its folder says. */
function checkView(path: string): LineCheck {
  return (text) => {
    const parsed = parseJson(text, runViewSchema);
    if (!parsed.ok) return parsed.problem;
    const { id } = parsed.value.config;
    return path === `runs/${id}/view.json` ? null : `config.id: it is ${JSON.stringify(id)}, unlike its folder's name`;
  };
}
