import { type ParseArgsConfig, parseArgs } from 'node:util';

export type Outcome = 'ok' | 'failed' | 'usage' | 'interrupted';

/** The command line is wrong; the message names the input. */
export class UsageError extends Error {}

export const USAGE = `Usage: lab COMMAND [options]

  run SCENARIO            launch one run and wait for it
      --variant V         baseline, tc_broadcast, ... (default: the scenario's first)
      --requests N        measured requests, or
      --seconds S         measured seconds (default: 20)
      --warmup S          warm-up seconds (default: 2)
      --clients C         concurrent closed-loop clients (default: 1)
      --payload B         payload bytes per request (default: 64)
      --get-percent P     share of GETs, 0 to 100 (default: 50)
      --placement X       auto, shared, leader_apart, one_core, own_core (default: auto)
      --insist            run although the host looks too small
      --bpf-statistics    run count and time of eBPF programs over the whole run, about 20 ns per program run
      --trace             trace sampled operations over the whole run
      --faults PLAN       what is done to the cluster while it measures, or @FILE that says so; by hand: in the panel
                          'at 5 s kill leader; at 9 s restart it'       kill -9, and start with empty memory
                          'at 3 s pause replica2 for 2 s'               or isolate replica2: no datagram in or out
                          'at 1 s cut replica1 -> replica3 for 2 s'     one way; <-> both ways
                          'at 1 s lose 5 % and double 5 % everywhere'   or into replica2, from A to B, between A and B
      --json              one JSON document on stdout
  list [--json]           scenarios and recent runs
  show ID [--json]        one run
  compare A B [--json]    two finished runs side by side
  experiment              interleaved pairs of a plan, to a verdict; takes the workload options of run
      --scenarios A,B     (default: scenario3,scenario5,scenario7)
      --variants V,W      the first is the base; the same one twice is an A/A control (default: baseline,tc_broadcast)
      --pairs N           pairs per scenario and workload (default: 10)
      --clients 1,2,4     more than one: a sweep
      --retries N         how often a pair that does not count is run again (default: 2)
      --seed N            order of blocks and draws of the bootstrap (default: 20230417)
      --title T, --question Q
      --plan FILE         a plan as JSON instead (docs/schemas/experiment.md)
      --resume ID         go on with one that is paused
      --show ID           results of one that is stored; nothing is run
  report ID --out FILE    of an experiment: .html, .md, results.csv or runs.csv
  export ID --out FILE    an experiment with its runs, or runs, as one archive
  import FILE             an archive, or a .raw file of the original client
      --scenario S --replicas N --variant V [--clients C]   what a .raw file does not say itself
  doctor [--json]         what this machine has and lacks

Exit code 0: completed, the proof fits the variant, and nothing refutes its safety (of an experiment: every pair counts); 1: anything else; 2: wrong usage; 130: interrupted.
Progress goes to stderr. Environment: LAB_DATA_DIR, LAB_SCENARIOS_DIR, LAB_IMAGE, DOCKER_HOST, DOCKER_CONFIG.
`;

/** parseArgs with its complaints as UsageErrors. */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Exactly these positional arguments, by the names that stand in the usage. */
export function takePositionals(given: string[], names: string[]): string[] {
  if (given.length < names.length) throw new UsageError(`${names.slice(given.length).join(' and ')} is missing`);
  const surplus = given[names.length];
  if (surplus !== undefined) throw new UsageError(`unexpected argument ${JSON.stringify(surplus)}`);
  return given;
}

/** A run id in its full form; `7` and `r-7` are taken for `r-0007`. */
export function toRunId(text: string): string {
  const digits = /^(?:r-)?(\d{1,9})$/.exec(text)?.[1];
  if (digits === undefined) throw new UsageError(`${JSON.stringify(text)} is not a run id; one looks like r-0007`);
  return `r-${digits.replace(/^0+(?=\d)/, '').padStart(4, '0')}`;
}

/** An experiment id in its full form; `3` and `x-3` are taken for `x-0003`. */
export function toExperimentId(text: string): string {
  const digits = /^(?:x-)?(\d{1,9})$/.exec(text)?.[1];
  if (digits === undefined) throw new UsageError(`${JSON.stringify(text)} is not an experiment id; one looks like x-0003`);
  return `x-${digits.replace(/^0+(?=\d)/, '').padStart(4, '0')}`;
}

/** A number, as JavaScript and people write it; the bounds are the workload's business. */
export function toNumber(option: string, text: string): number {
  const value = /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new UsageError(`--${option} ${text}: not a number`);
  return value;
}
