/**
 * How the lab takes a flood of log lines: eight containers print at a fixed rate, a real panel follows them, a real browser
 * shows them. What the containers wrote into files of their own is held against the panel's log afterwards. Prints figures for
 * each rate; it judges nothing. One run at a time, each ends by itself.
 */
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { checkLog, type LogCheck } from './flood/check-log';
import { type Flood, writeFloodScenario } from './flood/flood-scenario';
import { cutSockets, forgetLongTasks, heapMb, installProbe, type Readings, readProbe } from './flood/page-probe';
import { type ServerLoad, ServerLoadProbe } from './flood/server-load';
import { startPanel } from './panel';

const CLICK_EVERY_MS = 3000;
/** A panel that lags goes on reading after the flood; longer than this it is taken for hung. */
const PATIENCE_MS = 15 * 60_000;

type Options = { disconnects: number; clicks: boolean };

const launched = z.object({ result: z.object({ data: z.object({ id: z.string() }) }) });

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rates: { type: 'string', default: '1000,10000,50000' },
      seconds: { type: 'string', default: '60' },
      disconnects: { type: 'string', default: '0' },
      'no-clicks': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    for (const rate of values.rates.split(',')) {
      const flood = { linesPerS: positive('--rates', rate), seconds: positive('--seconds', values.seconds) };
      const options = { disconnects: Number(values.disconnects), clicks: !values['no-clicks'] };
      const figures = await measureRate(browser, flood, options);
      process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : `${inspect(figures)}\n`);
    }
  } finally {
    await browser.close();
  }
}

async function measureRate(browser: Browser, flood: Flood, options: Options): Promise<Figures> {
  const scenario = writeFloodScenario(flood);
  const panel = await startPanel({ scenariosDir: scenario.scenariosDir });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, baseURL: panel.url });
  try {
    await installProbe(page);
    const id = await launch(page, scenario.name);
    await page.goto(`/runs/${id}?tab=logs&level=debug`);
    const session = await page.context().newCDPSession(page);
    await page.locator('[data-last-seq]').waitFor({ timeout: 60_000 });
    const load = new ServerLoadProbe(panel.pid);
    await disturbUntilOver(page, id, { ...options, seconds: flood.seconds });
    const measured = { load: load.end(), heapMb: await heapMb(session), readings: await readProbe(page) };
    const check = await checkLog(`${panel.url}/api/runs/${id}/log.jsonl`, scenario);
    return figuresOf(flood, check, measured);
  } finally {
    await page.close();
    await panel.stop();
    scenario.remove();
  }
}

async function launch(page: Page, scenario: string): Promise<string> {
  const workload = {
    amount: { kind: 'seconds', seconds: 60 },
    warmupSeconds: 0,
    clients: 1,
    payloadBytes: 64,
    getPercent: 50,
    placement: 'auto',
  };
  const data = { scenario, variant: await variantOf(page, scenario), workload, insist: true, requestId: crypto.randomUUID() };
  const response = await page.request.post('/api/trpc/runs.launch', { data });
  if (!response.ok()) throw new Error(`the flood was not launched: ${await response.text()}`);
  return launched.parse(await response.json()).result.data.id;
}

const catalogue = z.object({
  result: z.object({
    data: z.object({ scenarios: z.array(z.object({ name: z.string(), variants: z.array(z.object({ name: z.string() })) })) }),
  }),
});

async function variantOf(page: Page, scenario: string): Promise<string> {
  const response = await page.request.get('/api/trpc/scenarios.catalogue');
  const { scenarios } = catalogue.parse(await response.json()).result.data;
  const first = scenarios.find(({ name }) => name === scenario)?.variants[0];
  if (first === undefined) throw new Error(`the panel knows no scenario ${scenario}`);
  return first.name;
}

/** Clicks and cuts, until the run is over and the page has shown all of it. */
async function disturbUntilOver(page: Page, id: string, options: Options & { seconds: number }): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const cutEveryMs = options.disconnects === 0 ? Number.POSITIVE_INFINITY : (options.seconds * 1000) / options.disconnects;
  let cuts = 0;
  let nextCut = Date.now() + cutEveryMs / 2;
  let nextClick = Date.now() + CLICK_EVERY_MS;
  let started = false;
  for (let state = await stateNow(page, id); !OVER.has(state); state = await stateNow(page, id)) {
    // Creating eight containers takes both cores for a second; that is not the flood's doing either.
    if (!started && !STARTING.has(state)) await forgetLongTasks(page);
    started ||= !STARTING.has(state);
    if (Date.now() > deadline) throw new Error(`${id} was not over after ${PATIENCE_MS / 60_000} minutes`);
    if (cuts < options.disconnects && Date.now() >= nextCut) {
      await cutSockets(page);
      cuts += 1;
      nextCut += cutEveryMs;
    }
    if (options.clicks && Date.now() >= nextClick) {
      // Pause, then follow again.
      await page.getByRole('button', { name: /^(Pause|Follow)$/ }).click();
      await page.getByRole('button', { name: /^(Pause|Follow)$/ }).click();
      nextClick = Date.now() + CLICK_EVERY_MS;
    }
    await page.waitForTimeout(100);
  }
  await page.waitForFunction(
    () => {
      const list = document.querySelector<HTMLElement>('[data-last-seq]');
      return list !== null && list.dataset.lastSeq === list.dataset.total;
    },
    undefined,
    { timeout: 60_000 },
  );
}

const STARTING = new Set(['queued', 'build', 'network', 'containers', 'leader']);
const OVER = new Set(['done', 'stopped', 'interrupted']);

const stateOf = z.object({ result: z.object({ data: z.object({ state: z.string() }) }) });

async function stateNow(page: Page, id: string): Promise<string> {
  const response = await page.request.get('/api/trpc/runs.get', { params: { input: JSON.stringify({ id }) } });
  const { state } = stateOf.parse(await response.json()).result.data;
  if (state === 'failed') throw new Error(`${id} failed: ${await response.text()}`);
  return state;
}

type Measured = { load: ServerLoad; heapMb: number; readings: Readings };
type Figures = ReturnType<typeof figuresOf>;

function figuresOf({ linesPerS, seconds }: Flood, check: LogCheck, { load, heapMb, readings }: Measured) {
  const last = readings.paints.at(-1);
  const lagsMs = Float64Array.from(readings.paints.flatMap(([, , , , lagMs]) => lagMs ?? [])).sort();
  const paintMs = paintDelaysMs(check.writtenAt, readings.paints);
  return {
    linesPerS,
    seconds,
    sent: check.sent,
    shown: last?.[2] ?? 0,
    lost: check.lost,
    doubled: check.doubled,
    outOfOrder: check.outOfOrder,
    late: check.late,
    gapsCounted: last?.[3] ?? 0,
    unaccounted: check.writtenAt.length - (last?.[2] ?? 0) - (last?.[3] ?? 0),
    p50PaintMs: round(percentile(paintMs, 0.5)),
    p95PaintMs: round(percentile(paintMs, 0.95)),
    longestTaskMs: round(readings.longestTaskMs),
    worstClickMs: round(Math.max(0, ...readings.clicks)),
    lagSaidMs: { p50: round(percentile(lagsMs, 0.5)), p95: round(percentile(lagsMs, 0.95)), most: round(lagsMs.at(-1) ?? 0) },
    browserHeapMb: round(heapMb),
    serverRssMb: { begin: round(load.rssMb.begin), most: round(load.rssMb.most), end: round(load.rssMb.end) },
    serverCpu: Math.round(load.cpu * 100) / 100,
  };
}

/** For each line of the flood: from its write to the first paint that showed it or a later one. */
function paintDelaysMs(writtenAt: readonly number[], paints: Readings['paints']): Float64Array {
  const delays: number[] = [];
  let from = paints[0]?.[1] ?? 0;
  for (const [at, lastSeq] of paints.slice(1)) {
    for (let seq = from + 1; seq <= lastSeq; seq++) {
      const written = writtenAt[seq - 1] ?? Number.NaN;
      if (!Number.isNaN(written)) delays.push(at - written);
    }
    from = Math.max(from, lastSeq);
  }
  return Float64Array.from(delays).sort();
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const round = (value: number) => Math.round(value * 10) / 10;

function inspect(figures: Figures): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(16)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('\n');
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} ${text}: must be whole numbers from 1 on`);
  return value;
}

await main();
