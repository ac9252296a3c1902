import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseWatcherLine } from './watcher-lines';

/** Written by the same C that writes the watcher's lines. */
const golden = readFileSync(new URL('../../../ebpf/tests/golden/bpfwatch.jsonl', import.meta.url), 'utf8');
const lines = golden.trimEnd().split('\n');

describe('a line of the watcher', () => {
  it('of every kind is read as C writes it', () => {
    const parsed = lines.map(parseWatcherLine);
    expect(new Set(parsed.map(({ kind }) => kind))).toEqual(new Set(['hello', 'look', 'problem']));
    for (const [at, line] of parsed.entries()) {
      if (line.kind !== 'look') continue;
      const { look } = line;
      expect(look.at).toBeGreaterThan(1.7e12);
      const { atUs, v: _v, kind: _kind, programs, ...rest } = JSON.parse(lines[at] ?? '');
      expect({ ...look, programs: [] }).toEqual({ ...rest, programs: [], at: atUs / 1000 });
      expect(look.programs).toEqual(programs.map((program: object) => ({ ...program, pids: [] })));
    }
  });

  it('loses no field that C adds without a reader here', () => {
    const known = Object.keys(JSON.parse(lines.find((line) => line.includes('"kind":"look"')) ?? '{}')).sort();
    expect(known).toEqual(['atUs', 'costNs', 'kind', 'maps', 'programs', 'replicas', 'statistics', 'v']);
  });

  it.each([
    ['another version', '{"v":2,"kind":"problem","message":"x"}'],
    ['a kind of its own', '{"v":1,"kind":"news"}'],
    ['no JSON', 'replica1: hello'],
    ['a look without its maps', '{"v":1,"kind":"look","atUs":1,"statistics":true,"costNs":1,"programs":[],"replicas":[]}'],
  ])('is refused with %s', (_what, line) => {
    expect(() => parseWatcherLine(line)).toThrow();
  });
});
