import { WORKLOAD_DEFAULT, type Workload } from '@/server/domain/workload';
import { toNumber, UsageError } from './usage';

/** The options that describe a workload, for parseArgs. */
export const WORKLOAD_OPTIONS = {
  requests: { type: 'string' },
  seconds: { type: 'string' },
  warmup: { type: 'string' },
  clients: { type: 'string' },
  payload: { type: 'string' },
  'get-percent': { type: 'string' },
  placement: { type: 'string' },
} as const;

type Given = Partial<Record<keyof typeof WORKLOAD_OPTIONS, string>>;

const PLACEMENTS = ['auto', 'shared', 'leader_apart', 'one_core', 'own_core'] as const;

/** What is not given stays at its default. Throws UsageError naming the option. */
export function readWorkload(given: Given): Workload {
  const number = (option: Exclude<keyof Given, 'placement'>, otherwise: number) => {
    const text = given[option];
    return text === undefined ? otherwise : toNumber(option, text);
  };
  return {
    amount: readAmount(given),
    warmupSeconds: number('warmup', WORKLOAD_DEFAULT.warmupSeconds),
    clients: number('clients', WORKLOAD_DEFAULT.clients),
    payloadBytes: number('payload', WORKLOAD_DEFAULT.payloadBytes),
    getPercent: number('get-percent', WORKLOAD_DEFAULT.getPercent),
    placement: readPlacement(given.placement),
  };
}

function readAmount({ requests, seconds }: Given): Workload['amount'] {
  if (requests !== undefined && seconds !== undefined) throw new UsageError('--requests and --seconds exclude each other');
  if (requests !== undefined) return { kind: 'requests', requests: toNumber('requests', requests) };
  if (seconds !== undefined) return { kind: 'seconds', seconds: toNumber('seconds', seconds) };
  return WORKLOAD_DEFAULT.amount;
}

function readPlacement(text: string | undefined): Workload['placement'] {
  if (text === undefined) return WORKLOAD_DEFAULT.placement;
  const placement = PLACEMENTS.find((known) => known === text);
  if (placement === undefined) throw new UsageError(`--placement ${text}: must be one of ${PLACEMENTS.join(', ')}`);
  return placement;
}
