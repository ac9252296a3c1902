import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { labEventSchema } from './events';
import { parseEventLine } from './parse-line';

const definitions = readFileSync(new URL('../../ebpf/include/events.def', import.meta.url), 'utf8');
const goldenFile = new URL('../../ebpf/tests/golden/events.jsonl', import.meta.url);

/** Fields of each EVENT(...) with their kinds, as the C side generates its writers from them. */
function readDefinitions(): Map<string, Map<string, string>> {
  const withoutComments = definitions.replace(/\/\*[\s\S]*?\*\//g, '');
  const events = [...withoutComments.matchAll(/EVENT\((\w+),((?:\s*F_\w+\(\w+\))*)\s*\)/g)];
  return new Map(
    events.map(([, name = '', fields = '']) => {
      const pairs = [...fields.matchAll(/F_(\w+)\((\w+)\)/g)].map(([, kind = '', field = '']): [string, string] => [
        field,
        kind,
      ]);
      return [name, new Map(pairs)];
    }),
  );
}

/** A value each kind accepts, and one it must refuse. */
const SAMPLES: Record<string, { good: unknown[]; bad: unknown }> = {
  U64: { good: [0], bad: -1 },
  STR: { good: ['leader', 'client', 'count', 'waiting', 'warmup', 'complete', 'normal', 'violated', ''], bad: 7 },
  HEX: { good: ['00c0ffee00c0ffee'], bad: 'xyz' },
  BOOL: { good: [true], bad: 1 },
  ARR: { good: [[0, 1]], bad: ['a', 'b'] },
};

const schemas = new Map<string, (typeof labEventSchema.options)[number]>(
  labEventSchema.options.map((schema) => [schema.shape.event.value, schema]),
);
const shapeOf = (name: string): Record<string, z.ZodType> => schemas.get(name)?.shape ?? {};
const common = ['v', 'src', 'tUs', 'event'];

describe('the event list of C and the schemas', () => {
  const defined = readDefinitions();

  it('know the same events', () => {
    expect(defined.size).toBeGreaterThan(10);
    expect([...schemas.keys()].sort()).toEqual([...defined.keys()].sort());
  });

  it.each([...defined])('know the same fields of %s', (name, fields) => {
    const shape = shapeOf(name);
    expect(Object.keys(shape).sort()).toEqual([...common, ...fields.keys()].sort());
  });

  it.each([...defined])('agree on the kinds of the fields of %s', (name, fields) => {
    const shape = new Map(Object.entries(shapeOf(name)));
    for (const [field, kind] of fields) {
      const schema = shape.get(field);
      const { good, bad } = SAMPLES[kind] ?? { good: [], bad: undefined };
      expect(
        good.some((value) => schema?.safeParse(value).success),
        `${name}.${field} takes a ${kind}`,
      ).toBe(true);
      expect(schema?.safeParse(bad).success, `${name}.${field} takes nothing but a ${kind}`).toBe(false);
    }
  });
});

describe('docs/schemas/events.md', () => {
  const page = readFileSync(new URL('../../docs/schemas/events.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| [\w ]+ \| ([^|]*) \|/gm)];
  const described = new Map(rows.map(([, name = '', fields = '']) => [name, fields.replaceAll('`', '').trim().split(', ')]));

  it('describes every event with its fields', () => {
    const defined = [...readDefinitions()].map(([name, fields]): [string, string[]] => [name, [...fields.keys()]]);
    expect(described).toEqual(new Map(defined));
  });
});

describe('golden events', () => {
  it('written by the C writer are all read, and every event is among them', () => {
    const lines = readFileSync(goldenFile, 'utf8').split('\n').filter(Boolean);
    const read = lines.map((line) => ({ line, ...parseEventLine(line) }));
    expect(read.filter(({ reason }) => reason !== null)).toEqual([]);
    expect(new Set(read.map(({ event }) => event?.event))).toEqual(new Set(schemas.keys()));
  });
});
