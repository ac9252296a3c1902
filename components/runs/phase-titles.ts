import type { RunPhase } from '@/server/api/types';

/** How each phase is called on the page, in the order a run enters them. */
export const PHASE_TITLES = {
  queued: 'Queued',
  build: 'Build',
  network: 'Network',
  containers: 'Containers',
  leader: 'Leader',
  warmup: 'Warm-up',
  measuring: 'Measuring',
  draining: 'Proof',
} as const satisfies Record<RunPhase, string>;
