import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { workloadSchema } from '@/server/adapters/archive/workload-schema';
import type { ExperimentPlan } from '@/server/domain/experiment/experiment';
import { toNumber, UsageError } from './usage';
import { readWorkload, WORKLOAD_OPTIONS } from './workload-options';

/** The options that describe a plan, for parseArgs. `--clients 1,2,4` sweeps clients. */
export const PLAN_OPTIONS = {
  ...WORKLOAD_OPTIONS,
  plan: { type: 'string' },
  scenarios: { type: 'string', default: 'scenario3,scenario5,scenario7' },
  variants: { type: 'string', default: 'baseline,tc_broadcast' },
  pairs: { type: 'string', default: '10' },
  retries: { type: 'string', default: '2' },
  seed: { type: 'string', default: '20230417' },
  title: { type: 'string' },
  question: { type: 'string' },
  insist: { type: 'boolean', default: false },
} as const;

type Given = Partial<Record<keyof typeof WORKLOAD_OPTIONS | 'plan' | 'title' | 'question', string | undefined>> & {
  scenarios: string;
  variants: string;
  pairs: string;
  retries: string;
  seed: string;
  insist: boolean;
};

const planFile = z.strictObject({
  title: z.string(),
  question: z.string(),
  scenarios: z.array(z.string()),
  variants: z.array(z.string()),
  workloads: z.array(workloadSchema),
  pairs: z.number(),
  retriesPerPair: z.number().default(2),
  seed: z.number().default(20_230_417),
  insist: z.boolean().default(false),
}) satisfies z.ZodType<ExperimentPlan>;

/** From `--plan FILE`, else from the options. Throws UsageError naming the option, or the field of the file. */
export async function readPlan(given: Given): Promise<ExperimentPlan> {
  return given.plan === undefined ? planOf(given) : readPlanFile(given.plan);
}

async function readPlanFile(path: string): Promise<ExperimentPlan> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`--plan ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`--plan ${path}: not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const parsed = planFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const words = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the plan'}: ${issue.message}`);
  throw new UsageError(`--plan ${path}: ${words.join('; ')}`);
}

function planOf(given: Given): ExperimentPlan {
  const list = (text: string) => text.split(',').map((word) => word.trim());
  const variants = list(given.variants);
  const clients = list(given.clients ?? '1');
  const { plan: _, clients: __, ...rest } = given;
  const amount = rest.requests === undefined && rest.seconds === undefined ? { requests: '20000' } : {};
  const control = variants.every((variant) => variant === variants[0]);
  return {
    title:
      given.title ?? (control ? `Noise floor of ${variants[0]}` : `${variants.slice(1).join(', ')} against ${variants[0]}`),
    question: given.question ?? '',
    scenarios: list(given.scenarios),
    variants,
    workloads: clients.map((count) => readWorkload({ warmup: '1', ...withoutUnset(rest), ...amount, clients: count })),
    pairs: toNumber('pairs', given.pairs),
    retriesPerPair: toNumber('retries', given.retries),
    seed: toNumber('seed', given.seed),
    insist: given.insist,
  };
}

function withoutUnset(given: Omit<Given, 'plan' | 'clients'>): Partial<Record<keyof typeof WORKLOAD_OPTIONS, string>> {
  const names = Object.keys(WORKLOAD_OPTIONS);
  const set = Object.entries(given).filter(
    (entry): entry is [string, string] => names.includes(entry[0]) && typeof entry[1] === 'string',
  );
  return Object.fromEntries(set);
}
