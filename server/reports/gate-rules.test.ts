import { describe, expect, it } from 'vitest';
import type { RunConditions } from '../domain/conditions';
import { exampleRun } from '../domain/example-run';
import type { RunView } from '../domain/run';
import { judgeRun } from '../domain/validity/judge-run';
import type { GateId, GateState } from '../domain/validity/validity';
import { exampleReport } from './example-report';
import { GATE_RULES } from './gate-rules';

const [example] = exampleReport({ plan: { pairs: 1 }, launched: 1 }).runs;
const quiet = example?.conditions ?? null;

function stateOf(id: GateId, changes: Partial<RunView>): GateState | undefined {
  const view = { ...exampleRun(), conditions: quiet, ...changes };
  return judgeRun(view, []).gates.find((gate) => gate.id === id)?.state;
}

const during = (changes: Partial<RunConditions>): Partial<RunView> => ({ conditions: quiet && { ...quiet, ...changes } });

/** A run on the bound, one beyond it, and the words that a report gives. */
const BOUNDS: [id: GateId, state: 'suspect' | 'invalid', words: string, on: Partial<RunView>, beyond: Partial<RunView>][] = [
  ['host_busy', 'suspect', 'above 0.25 cores', during({ outsideCores: 0.25 }), during({ outsideCores: 0.26 })],
  ['host_busy', 'invalid', 'above 0.5 cores', during({ outsideCores: 0.5 }), during({ outsideCores: 0.51 })],
  ['steal', 'suspect', 'above 0.1 cores', during({ stealCores: 0.1 }), during({ stealCores: 0.11 })],
  ['steal', 'invalid', 'above 0.25 cores', during({ stealCores: 0.25 }), during({ stealCores: 0.26 })],
  ['client', 'suspect', 'above 0.9 cores', during({ clientCores: 0.9 }), during({ clientCores: 0.91 })],
  ['frequency', 'suspect', '10 %', during({ mhz: { begin: 1000, end: 1100 } }), during({ mhz: { begin: 1000, end: 1101 } })],
  ['memory', 'suspect', 'above 1 %', during({ memoryStallShare: 0.01 }), during({ memoryStallShare: 0.011 })],
  ['memory', 'suspect', 'more than 256 pages', during({ swappedPages: 256 }), during({ swappedPages: 257 })],
  ['memory', 'invalid', 'above 10 %', during({ memoryStallShare: 0.1 }), during({ memoryStallShare: 0.11 })],
  ['timeouts', 'suspect', 'one was not', { timeouts: 0 }, { timeouts: 1 }],
  ['timeouts', 'invalid', 'more than 0.1 %', { timeouts: 20 }, { timeouts: 21 }],
  ['inspected', 'suspect', 'somebody did', { observedAtMs: [] }, { observedAtMs: [5] }],
];

describe('what a report says of a gate', () => {
  it.each(BOUNDS)('%s is %s %s', (id, state, words, on, beyond) => {
    expect(GATE_RULES[id][state]).toContain(words);
    expect(stateOf(id, beyond)).toBe(state);
    expect(stateOf(id, on)).not.toBe(state);
  });
});
