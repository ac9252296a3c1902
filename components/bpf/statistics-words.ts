import type { BpfWatchView, RunView } from '@/server/api/types';
import { formatCoreShare } from './figures';

/** What counting runs and their time costs each run of a program. */
const COST_NS = 20;

/** `about 20 ns per run: at 45,270 runs/s 0.091 % of a core`. */
export function sayCost(runsPerS: number | null): string {
  if (runsPerS === null) return `about ${COST_NS} ns per run of every program of this machine`;
  const rate = Math.round(runsPerS).toLocaleString('en-US');
  return `about ${COST_NS} ns per run: at ${rate} runs/s ${formatCoreShare((runsPerS * COST_NS) / 1e9)} of a core`;
}

type RunStanding = Pick<RunView, 'state'> & { config: Pick<RunView['config'], 'observe'> };

/** Whether the kernel counts, and why not if it does not. */
export function sayStatistics(statistics: BpfWatchView['statistics'], run: RunStanding): { word: string; why: string } {
  if (statistics === 'held_off') {
    return {
      word: 'held off',
      why: 'Held off inside the measured window, so that looking does not change what is measured. They go on when it closes.',
    };
  }
  if (statistics === 'off')
    return { word: 'off', why: 'The kernel counts neither runs nor their time; the columns keep the last known counts.' };
  if (run.config.observe.bpfStatistics) return { word: 'on', why: 'Chosen at launch, for the whole run.' };
  return {
    word: 'on',
    why:
      run.state === 'measuring'
        ? 'Switched on inside the measured window: this run is suspect.'
        : 'Switched on while somebody looks; held off inside the measured window.',
  };
}
