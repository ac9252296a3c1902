/**
 * What a fault costs: the same plan in every cell of scenarios and variants, round after round, on real containers. Numbers are
 * printed, not judged; each run's own verdicts stand beside them. A line per run goes to stderr as it ends.
 */
import { fileURLToPath } from 'node:url';
import type { FaultPlan } from '@/server/domain/fault';
import type { RunView } from '@/server/domain/run';
import { WORKLOAD_DEFAULT, type Workload } from '@/server/domain/workload';
import { readEnv } from '@/server/env';
import { type OpenLab, openLab } from '@/server/open-lab';
import { execute, onInterrupt } from './execute';
import { readFaults } from './fault-option';
import { formatCount, table } from './format';
import { ResidentMemory } from './resident-memory';
import { parse, takePositionals, toNumber, UsageError } from './usage';

const OPTIONS = {
  scenarios: { type: 'string', default: 'scenario3,scenario5,scenario7' },
  variants: { type: 'string', default: 'baseline,tc_broadcast' },
  rounds: { type: 'string', default: '10' },
  seconds: { type: 'string', default: '30' },
  clients: { type: 'string', default: '1' },
  faults: { type: 'string', default: 'at 10 s kill leader; at 15 s restart it' },
  json: { type: 'boolean', default: false },
} as const;

const USAGE = `Usage: bench:failover [--scenarios A,B] [--variants V,W] [--rounds 10] [--seconds 30] [--clients 1] [--faults PLAN] [--json]
With --faults '' nothing is done to the cluster: for what a long run does to memory.
`;

type Row = {
  id: string;
  scenario: string;
  variant: string;
  state: string;
  completed: number;
  /** Of each fault; null: it caused no silence of 50 ms or more. */
  recoveryMs: (number | null)[];
  outagesMs: number[];
  lost: number;
  doubled: number;
  leaders: string[];
  mechanism: string | null;
  sameLog: string | null;
  liveReplicas: number;
  safety: string | null;
  linearizable: string | null;
  /** Per replica from the 60th second on, in MiB. */
  residentMb: ReturnType<ResidentMemory['spans']>;
};

async function main(): Promise<number> {
  const { values, positionals } = parse(process.argv.slice(2), OPTIONS);
  takePositionals(positionals, []);
  const workload: Workload = {
    ...WORKLOAD_DEFAULT,
    amount: { kind: 'seconds', seconds: toNumber('seconds', values.seconds) },
    clients: toNumber('clients', values.clients),
    warmupSeconds: 1,
  };
  const faults = values.faults === '' ? [] : readFaults(values.faults);
  const rounds = toNumber('rounds', values.rounds);
  const cells = values.scenarios
    .split(',')
    .flatMap((scenario) => values.variants.split(',').map((variant) => ({ scenario, variant })));
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
  const open = await openLab(readEnv(root), 'lab');
  const signal = onInterrupt();
  const rows: Row[] = [];
  try {
    await open.lab.recover();
    for (let round = 0; round < rounds && !signal.aborted; round += 1) {
      for (const cell of cells) rows.push(await measure(open, { ...cell, workload, faults, signal }));
    }
  } finally {
    await open.close();
  }
  process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : render(rows));
  return 0;
}

type Wish = { scenario: string; variant: string; workload: Workload; faults: FaultPlan; signal: AbortSignal };

async function measure(open: OpenLab, { signal, ...wish }: Wish): Promise<Row> {
  const memory = new ResidentMemory();
  const view = await execute(open, { ...wish, insist: true }, { signal, onView: (each) => memory.take(each) });
  const row = toRow(view, memory);
  process.stderr.write(`${JSON.stringify(row)}\n`);
  return row;
}

function toRow(view: RunView, memory: ResidentMemory): Row {
  const sum = (counts: (number | null)[]) => counts.reduce<number>((total, count) => total + (count ?? 0), 0);
  return {
    id: view.config.id,
    scenario: view.config.scenario,
    variant: view.config.variant.name,
    state: view.error === null ? view.state : `${view.state}: ${view.error.message}`,
    completed: view.completed,
    recoveryMs: view.faults.map(({ recoveryMs }) => recoveryMs),
    outagesMs: view.outages.map(({ durationMs }) => durationMs),
    lost: sum(view.faults.map(({ lost }) => lost)),
    doubled: sum(view.faults.map(({ doubled }) => doubled)),
    leaders: view.leaders.map(({ leader, view: number }) => `${leader}/${number}`),
    mechanism: view.proof?.mechanism.verdict ?? null,
    sameLog: view.proof?.sameLog.verdict ?? null,
    liveReplicas: view.proof?.sameLog.live.length ?? 0,
    safety: view.safety?.verdict ?? null,
    linearizable: view.safety?.linearizability?.verdict ?? null,
    residentMb: memory.spans(),
  };
}

function render(rows: Row[]): string {
  const cells = group(rows);
  const head = ['cell', 'runs', 'recovery ms: least', 'median', 'most', 'safe', 'same log', 'linearizable', 'operations'];
  const lines = [...cells].map(([cell, all]) => {
    const first = all.flatMap(({ recoveryMs }) => recoveryMs[0] ?? []).sort((a, b) => a - b);
    const count = (holds: (row: Row) => boolean) => String(all.filter(holds).length);
    return [
      cell,
      String(all.length),
      String(Math.round(first[0] ?? 0)),
      String(Math.round(median(first))),
      String(Math.round(first.at(-1) ?? 0)),
      count(({ safety }) => safety === 'safe'),
      count(({ sameLog }) => sameLog === 'same'),
      count(({ linearizable }) => linearizable === 'linearizable'),
      formatCount(all.reduce((total, { completed }) => total + completed, 0)),
    ];
  });
  return table([head, ...lines]);
}

function group(rows: Row[]): Map<string, Row[]> {
  const cells = new Map<string, Row[]>();
  for (const row of rows) {
    const cell = `${row.scenario} ${row.variant}`;
    cells.set(cell, [...(cells.get(cell) ?? []), row]);
  }
  return cells;
}

const median = (sorted: number[]) =>
  ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2;

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`bench:failover: ${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(USAGE);
  return error instanceof UsageError ? 2 : 1;
});
