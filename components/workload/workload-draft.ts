import type { LaunchPad, Placement, Scenario, Workload } from '@/server/api/types';

/** The workload form as typed: numbers are text until they are checked, so nothing is swallowed while typing. */
export type WorkloadDraft = {
  kind: Workload['amount']['kind'];
  requests: string;
  seconds: string;
  warmupSeconds: string;
  clients: string;
  payloadBytes: string;
  getPercent: string;
  placement: Placement;
};

export type DraftField = keyof Omit<WorkloadDraft, 'kind'>;
export type DraftErrors = Partial<Record<DraftField, string>>;

/** Requests for those who count rather than time; used until the first is typed. */
const REQUESTS_TO_START_WITH = 20_000;

export function draftOf(workload: Workload): WorkloadDraft {
  const { amount } = workload;
  return {
    kind: amount.kind,
    requests: String(amount.kind === 'requests' ? amount.requests : REQUESTS_TO_START_WITH),
    seconds: String(amount.kind === 'seconds' ? amount.seconds : 20),
    warmupSeconds: String(workload.warmupSeconds),
    clients: String(workload.clients),
    payloadBytes: String(workload.payloadBytes),
    getPercent: String(workload.getPercent),
    placement: workload.placement,
  };
}

type Rule = NumberRule & { field: DraftField };

function rules(draft: WorkloadDraft, bounds: LaunchPad['workloadBounds'], scenario: Scenario): Rule[] {
  const payload = { ...bounds.payloadBytes, max: Math.min(bounds.payloadBytes.max, scenario.payloadMaxBytes) };
  return [
    draft.kind === 'requests'
      ? { field: 'requests', title: 'Requests', unit: 'requests', whole: true, ...bounds.requests }
      : { field: 'seconds', title: 'Duration', unit: 'seconds', whole: false, ...bounds.seconds },
    { field: 'warmupSeconds', title: 'Warm-up', unit: 'seconds', whole: false, ...bounds.warmupSeconds },
    { field: 'clients', title: 'Clients', unit: 'clients', whole: true, ...bounds.clients },
    { field: 'payloadBytes', title: 'Payload', unit: 'bytes', whole: true, ...payload },
    { field: 'getPercent', title: 'GET share', unit: '%', whole: true, ...bounds.getPercent },
  ];
}

/** Checks against the bounds the server told; what only the server can tell (the log, the cores) it says at launch. */
export function checkDraft(
  draft: WorkloadDraft,
  bounds: LaunchPad['workloadBounds'],
  scenario: Scenario,
): { workload: Workload; errors: null } | { workload: null; errors: DraftErrors } {
  const errors: DraftErrors = {};
  const numbers = new Map<DraftField, number>();
  for (const rule of rules(draft, bounds, scenario)) {
    const { value, problem } = readNumber(draft[rule.field], rule);
    if (problem === null) numbers.set(rule.field, value);
    else errors[rule.field] = problem;
  }
  if (Object.keys(errors).length > 0) return { workload: null, errors };
  const number = (field: DraftField) => numbers.get(field) ?? 0;
  return {
    workload: {
      amount:
        draft.kind === 'requests'
          ? { kind: 'requests', requests: number('requests') }
          : { kind: 'seconds', seconds: number('seconds') },
      warmupSeconds: number('warmupSeconds'),
      clients: number('clients'),
      payloadBytes: number('payloadBytes'),
      getPercent: number('getPercent'),
      placement: draft.placement,
    },
    errors: null,
  };
}

export type NumberRule = { title: string; unit: string; whole: boolean; min: number; max: number };

/** A number as people type it, or why it cannot be used: value, bound and remedy. */
export function readNumber(
  text: string,
  rule: NumberRule,
): { value: number; problem: null } | { value: null; problem: string } {
  const format = new Intl.NumberFormat('en-US');
  const choose = `Choose ${format.format(rule.min)} to ${format.format(rule.max)} ${rule.unit}.`;
  // People paste figures with separators in them: `20,000` is a number, `2e3` and `0x10` are not what a form expects.
  const plain = text.trim().replaceAll(',', '').replaceAll(' ', '');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) {
    return {
      value: null,
      problem: plain === '' ? `${rule.title} is empty. ${choose}` : `“${text}” is not a number. ${choose}`,
    };
  }
  const value = Number(plain);
  if (rule.whole && !Number.isInteger(value)) return { value: null, problem: `${rule.title} is a whole number. ${choose}` };
  if (value < rule.min) return { value: null, problem: `${plain} is below the least. ${choose}` };
  if (value > rule.max) return { value: null, problem: `${plain} is above the most. ${choose}` };
  return { value, problem: null };
}

const SERVER_TITLES: readonly [string, DraftField | 'amount'][] = [
  ['Requests', 'requests'],
  ['Duration', 'seconds'],
  ['Warm-up', 'warmupSeconds'],
  ['Clients', 'clients'],
  ['Payload', 'payloadBytes'],
  ['Share of GETs', 'getPercent'],
  ['Placement', 'placement'],
  ['This workload', 'amount'],
];

/** The field that a refusal of the server speaks of, by the word it begins with; null if it speaks of none. */
export function fieldOfRefusal(message: string, kind: WorkloadDraft['kind']): DraftField | null {
  const field = SERVER_TITLES.find(([title]) => message.startsWith(title))?.[1];
  if (field === 'amount') return kind;
  return field ?? null;
}

/**
 * How long a run will take from Launch to teardown, in ms; null if it counts requests and no rate is known.
 * Start and end were taken from runs on two cores: about 3 s, and 0.5 s for each replica.
 */
export function estimateRunMs(workload: Workload, replicas: number, ratePerS: number | null): number | null {
  const measuredMs = measuredEstimateMs(workload, ratePerS);
  return measuredMs === null ? null : 3_000 + 500 * replicas + workload.warmupSeconds * 1_000 + measuredMs;
}

function measuredEstimateMs({ amount }: Workload, ratePerS: number | null): number | null {
  if (amount.kind === 'seconds') return amount.seconds * 1_000;
  return ratePerS === null || ratePerS <= 0 ? null : (amount.requests / ratePerS) * 1_000;
}
