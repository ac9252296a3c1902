/**
 * How the panel copes with a long history: a real panel on a data folder that `bench:history --keep` left, in a real
 * browser. Prints medians and worst of several tries; it judges nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium, type Locator, type Page } from '@playwright/test';

const TRIES = 7;
const SEARCHES = ['scenario5', 'tc_broadcast', 'rerun', 'r-0042', 'warm cache', 'scenario7 tc_broadcast'];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  if (values.data === undefined) throw new Error('--data FOLDER is missing: npm run -s bench:history -- --keep prints one');
  const { panel, url } = await startPanel(values.data);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    // What is measured is the panel, not the first reading of its script from disk.
    await openList(page, url);
    const list = await tries(() => openList(page, url));
    const search = await searchAll(page);
    const compare = await tries(() => openComparison(page, url));
    process.stdout.write(
      `${JSON.stringify({ schemaVersion: 1, tries: TRIES, listMs: list, searchMs: search, compare20Ms: compare })}\n`,
    );
  } finally {
    await browser.close();
    panel.kill('SIGTERM');
  }
}

/** From the request of the page to the first row painted. */
async function openList(page: Page, url: string): Promise<number> {
  await page.goto('about:blank');
  const begin = performance.now();
  await page.goto(`${url}/runs`, { waitUntil: 'commit' });
  await appears(page, 'table a[href^="/runs/r-"]', 1);
  return performance.now() - begin;
}

/** From the last key to a list that says how many match, painted. */
async function searchAll(page: Page): Promise<{ median: number; max: number }> {
  const box = page.getByRole('searchbox', { name: 'Search the runs' });
  const counts = page.getByText(/^\d+ of [\d,]+$/).first();
  const times: number[] = [];
  for (const word of [...SEARCHES, ...SEARCHES]) {
    times.push(await changeOf(page, counts, () => box.fill(word)));
    await changeOf(page, counts, () => box.fill(''));
  }
  return summarise(times);
}

/** From the act until the text is another one, painted; timed in the page, since a look from outside comes late. */
async function changeOf(page: Page, text: Locator, act: () => Promise<void>): Promise<number> {
  const begin = await page.evaluate(() => performance.now());
  const changed = text.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const before = element.textContent;
        new MutationObserver((_, observer) => {
          if (element.isConnected && element.textContent === before) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now()));
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
  await act();
  return (await changed) - begin;
}

/** From the request of the page to tables and pictures of 20 runs painted. */
async function openComparison(page: Page, url: string): Promise<number> {
  // Runs of 60 s, whose 600 intervals each have to be merged.
  const ids = Array.from({ length: 20 }, (_, at) => `r-${String(at + 1).padStart(4, '0')}`);
  await page.goto('about:blank');
  const begin = performance.now();
  await page.goto(`${url}/compare?runs=${ids.join(',')}`, { waitUntil: 'commit' });
  await appears(page, 'svg[role="img"]', 2);
  return performance.now() - begin;
}

/** Looked for in every frame of the page: a look from outside comes up to half a second late. */
async function appears(page: Page, selector: string, least: number): Promise<void> {
  await page.waitForFunction(([what, count]) => document.querySelectorAll(what).length >= count, [selector, least] as const);
  await painted(page);
}

function painted(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

async function tries(step: () => Promise<number>): Promise<{ median: number; max: number }> {
  const times: number[] = [];
  for (let at = 0; at < TRIES; at++) times.push(await step());
  return summarise(times);
}

function summarise(times: number[]): { median: number; max: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0), max: Math.round(sorted.at(-1) ?? 0) };
}

function startPanel(dataDir: string): Promise<{ panel: ChildProcess; url: string }> {
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', LAB_DATA_DIR: dataDir };
  const panel = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    panel.once('exit', (code) => reject(new Error(`the panel ended with ${code} before it served`)));
    createInterface({ input: panel.stdout }).on('line', (line) => {
      const url = /https?:\/\/\S+/.exec(line)?.[0];
      if (url !== undefined) resolve({ panel, url: url.replace(/\/$/, '') });
    });
  });
}

await main();
