import type { RunView } from '@/server/api/types';

type Told = Pick<RunView, 'state'> & { config: Pick<RunView['config'], 'origin' | 'importedFrom'> };

/** Why no fault can be injected now, in words; null if one can. */
export function whyNoFault({ state, config }: Told): string | null {
  if (config.origin === 'lab') {
    return 'This run belongs to another process, the lab on the command line, which alone can inject faults into it.';
  }
  if (state === 'measuring') return null;
  return 'Faults can be injected as soon as the run measures.';
}

/** Only the lab's own replicas say who leads, and only their datagrams are known to the fault program. */
export function knowsLab({ config }: { config: Pick<RunView['config'], 'clientFormat'> }): boolean {
  return config.clientFormat === 'lab';
}
