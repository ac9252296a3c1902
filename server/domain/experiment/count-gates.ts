import type { RunView } from '../run';
import type { GateCount } from './results';

/** How many runs each gate held against; gates that all runs passed are left out. */
export function countGates(runs: readonly RunView[]): GateCount[] {
  const counts = new Map<string, GateCount>();
  for (const gate of runs.flatMap((run) => run.validity?.gates ?? [])) {
    const before = counts.get(gate.id) ?? { gate: gate.id, title: gate.title, suspect: 0, invalid: 0, unknown: 0 };
    const one = (state: string) => (gate.state === state ? 1 : 0);
    counts.set(gate.id, {
      ...before,
      suspect: before.suspect + one('suspect'),
      invalid: before.invalid + one('invalid'),
      unknown: before.unknown + one('unknown'),
    });
  }
  return [...counts.values()].filter(({ suspect, invalid, unknown }) => suspect + invalid + unknown > 0);
}
