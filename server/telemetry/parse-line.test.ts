import { describe, expect, it } from 'vitest';
import { statusOf, toLine } from './example-events';
import { levelOf, parseEventLine } from './parse-line';

const line = toLine(statusOf('replica1'));

describe('parseEventLine', () => {
  it('reads an event', () => {
    expect(parseEventLine(line)).toEqual({ event: statusOf('replica1'), reason: null });
  });

  it.each([
    ['', 'not an event'],
    ['hello', 'not an event'],
    ['{"level":"info"}', 'not an event'],
    [line.slice(0, 60), 'malformed JSON, probably a line cut off'],
    ['{"v":1}', expect.stringContaining('event')],
    [line.replace('"v":1', '"v":2'), expect.stringContaining('v:')],
    [line.replace('"status"', '"gossip"'), expect.stringContaining('event')],
    [line.replace('"cpuNs":0', '"cpuNs":-5'), expect.stringContaining('cpuNs')],
    [line.replace('"cpuNs":0', '"cpuNs":0.5'), expect.stringContaining('cpuNs')],
    [line.replace('"cpuNs":0,', ''), expect.stringContaining('cpuNs')],
    [line.replace('"cpuNs":0', '"cpuNs":0,"extra":1'), expect.stringContaining('extra')],
    [`{"v":${'9'.repeat(1_100_000)}}`, expect.stringContaining('characters')],
  ])('takes no event from %.40s', (text, reason) => {
    expect(parseEventLine(text)).toEqual({ event: null, reason });
  });
});

describe('levelOf', () => {
  const level = (text: string, stream: 'stdout' | 'stderr' = 'stderr') => levelOf({ stream, text });

  it('takes the level of our own lines', () => {
    expect(level('notice vr: leader of view 0 with 5 of 5 replicas')).toBe('notice');
    expect(level('warn net: replica3 silent')).toBe('warn');
    expect(level('error bpf: cannot load')).toBe('error');
    expect(level('debug vr: tick')).toBe('debug');
  });

  it("reads the original's marks", () => {
    expect(level('20261023-055511-1187 19223 * WarmupDone      (benchmark.cc:79):  Completed')).toBe('notice');
    expect(level('20261023-060302-1622 27627 ! ResendRequest   (client.cc:134):    Client timeout')).toBe('warn');
    expect(level('20261023-060302-1622 27627 PANIC main (x.cc:1): no')).toBe('error');
    expect(level('Segmentation fault (core dumped)')).toBe('error');
  });

  it('shows events as debug, an error event as an error, and anything else as a notice', () => {
    expect(level(line, 'stdout')).toBe('debug');
    expect(level('{"v":1,"event":"error","src":"replica1"}', 'stdout')).toBe('error');
    expect(level('PING 10.0.0.1', 'stdout')).toBe('notice');
    expect(level('warning: deprecated')).toBe('notice');
  });
});
