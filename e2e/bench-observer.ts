/**
 * What looking costs. Runs at full speed, interleaved in rounds whose order is drawn: each round has one run of every way of
 * looking. Two of them are nobody, so that the ratio of nobody to nobody shows what the machine does by itself. Prints medians
 * and ratios with their intervals; it judges nothing.
 *
 *   --by socket     nobody, nobody, 1 and 5 plain WebSocket viewers: CPU of panel and engine
 *   --by chromium   the same with pages of a real browser: p50 and p99 of the client
 *   --by trace      nobody, nobody, and sampled operations traced over the whole run, with nobody looking
 *   --by statistics likewise with the kernel's eBPF run statistics
 */
import { parseArgs } from 'node:util';
import { medianInterval } from '@/server/domain/statistics/bootstrap';
import { median } from '@/server/domain/statistics/median';
import { launchRun, type Observe, type RunFigures, runFigures } from './observer/one-run';
import { openBrowser, type Watch, watchByChromium, watchBySocket } from './observer/viewers';
import { startPanel } from './panel';

type Way = { name: string; viewers: number; observe: Observe };

const NOTHING: Observe = { bpfStatistics: false, trace: false };
const NOBODY: Way = { name: 'nobody', viewers: 0, observe: NOTHING };
const NOBODY_AGAIN: Way = { ...NOBODY, name: 'nobody_again' };
const SEED = 20230417;

const WAYS: Record<string, Way[]> = {
  socket: [NOBODY, NOBODY_AGAIN, { ...NOBODY, name: 'one', viewers: 1 }, { ...NOBODY, name: 'five', viewers: 5 }],
  chromium: [NOBODY, NOBODY_AGAIN, { ...NOBODY, name: 'one', viewers: 1 }, { ...NOBODY, name: 'five', viewers: 5 }],
  trace: [NOBODY, NOBODY_AGAIN, { ...NOBODY, name: 'trace', observe: { ...NOTHING, trace: true } }],
  statistics: [NOBODY, NOBODY_AGAIN, { ...NOBODY, name: 'statistics', observe: { ...NOTHING, bpfStatistics: true } }],
};

type Options = { by: string; rounds: number; scenario: string; variant: string; requests: number };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      by: { type: 'string', default: 'socket' },
      rounds: { type: 'string', default: '10' },
      scenario: { type: 'string', default: 'scenario3' },
      variant: { type: 'string', default: 'tc_broadcast' },
      requests: { type: 'string', default: '30000' },
      json: { type: 'boolean', default: false },
    },
  });
  const ways = WAYS[values.by];
  if (ways === undefined) throw new Error(`--by ${values.by}: must be one of ${Object.keys(WAYS).join(', ')}`);
  const options = { ...values, rounds: Number(values.rounds), requests: Number(values.requests) };
  const browser = values.by === 'chromium' ? await openBrowser() : null;
  const panel = await startPanel();
  try {
    const watch = browser === null ? watchBySocket : watchByChromium(browser);
    const rounds = await measureRounds(panel.url, { ways, watch, options });
    process.stdout.write(
      values.json ? `${JSON.stringify(report(options, ways, rounds))}\n` : render(report(options, ways, rounds)),
    );
  } finally {
    await browser?.close();
    await panel.stop();
  }
}

type Round = Record<string, RunFigures>;
type Plan = { ways: Way[]; watch: Watch; options: Options };

async function measureRounds(url: string, { ways, watch, options }: Plan): Promise<Round[]> {
  // The first run after a start pays for what later ones find ready.
  await measureRun(url, NOBODY, { ways, watch, options });
  const rounds: Round[] = [];
  for (let at = 0; at < options.rounds; at++) {
    const round: Round = {};
    for (const way of shuffled(ways)) round[way.name] = await measureRun(url, way, { ways, watch, options });
    rounds.push(round);
    process.stderr.write(`round ${at + 1} of ${options.rounds}: ${JSON.stringify(round)}\n`);
  }
  return rounds;
}

async function measureRun(url: string, way: Way, { watch, options }: Plan): Promise<RunFigures> {
  const { scenario, variant, requests } = options;
  const id = await launchRun(url, { scenario, variant, requests, warmupSeconds: 3, observe: way.observe });
  const leave = await watch(url, id, way.viewers);
  try {
    return await runFigures(url, id);
  } finally {
    await leave();
  }
}

function shuffled(ways: readonly Way[]): Way[] {
  return ways
    .map((way) => ({ way, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ way }) => way);
}

function report(options: Options, ways: readonly Way[], rounds: readonly Round[]) {
  return {
    schemaVersion: 1,
    ...options,
    ways: ways.map(({ name }) => {
      const runs = rounds.flatMap((round) => round[name] ?? []);
      return {
        name,
        runs: runs.length,
        serverCores: middle(runs.map(({ serverCores }) => serverCores)),
        engineCores: middle(runs.map(({ engineCores }) => engineCores)),
        bothCores: middle(runs.map(({ serverCores, engineCores }) => serverCores + engineCores)),
        viewers: middle(runs.map(({ viewers }) => viewers)),
        p50Us: middle(runs.map(({ p50Ns }) => p50Ns / 1000)),
        p50ToNobody: ratio(rounds, name, ({ p50Ns }) => p50Ns),
        p99ToNobody: ratio(rounds, name, ({ p99Ns }) => p99Ns),
      };
    }),
  };
}

/** The median of the rounds' ratios to nobody with its 95 % BCa interval. */
function ratio(rounds: readonly Round[], name: string, figure: (run: RunFigures) => number) {
  if (name === NOBODY.name) return null;
  const ratios = rounds.flatMap((round) => {
    const [run, nobody] = [round[name], round[NOBODY.name]];
    return run === undefined || nobody === undefined ? [] : figure(run) / figure(nobody);
  });
  const interval = medianInterval(ratios, { seed: SEED });
  return interval && { median: round3(interval.estimate), low: round3(interval.low), high: round3(interval.high) };
}

const round3 = (value: number) => Math.round(value * 1000) / 1000;
const middle = (values: readonly number[]) => round3(median(values) ?? Number.NaN);

function render({ ways }: ReturnType<typeof report>): string {
  const said = (found: ReturnType<typeof ratio>) => (found === null ? '-' : `${found.median} (${found.low}-${found.high})`);
  return ways
    .map(
      (way) =>
        `${way.name.padEnd(13)} panel ${way.serverCores} + engine ${way.engineCores} = ${way.bothCores} cores, p50 ${said(way.p50ToNobody)}, p99 ${said(way.p99ToNobody)}\n`,
    )
    .join('');
}

await main();
