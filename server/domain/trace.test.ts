import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TRACE_POINTS } from './trace';

test('the steps are those of ebpf/include/trace.h, in its order', () => {
  const header = readFileSync(new URL('../../ebpf/include/trace.h', import.meta.url), 'utf8');
  const [, body = ''] = /enum trace_point \{([^}]*)\}/.exec(header) ?? [];
  const names = [...body.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/TRACE_(\w+)/g)].map(([, name = '']) => name.toLowerCase());
  expect(body).toContain('TRACE_CLIENT_SEND = 1');
  expect(names).toEqual([...TRACE_POINTS, 'point_end']);
});
