/**
 * What opening each page takes with an empty cache: compressed script, largest contentful paint, layout shift; at 1280 and 390
 * px, medians and worst of several tries. A real panel with one finished run, a real browser. It judges nothing.
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { launchRun, runFigures } from './observer/one-run';
import { openBrowser } from './observer/viewers';
import { loadPage, observeLoads, type PageLoad } from './pages/page-load';
import { startPanel } from './panel';

const WIDTHS = [1280, 390] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { tries: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
  });
  const panel = await startPanel();
  const browser = await openBrowser();
  try {
    const observe = { bpfStatistics: false, trace: true };
    const choice = { scenario: 'scenario3', variant: 'tc_broadcast', requests: 2000, warmupSeconds: 1, observe };
    const id = await launchRun(panel.url, choice);
    await runFigures(panel.url, id);
    for (const width of WIDTHS) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, baseURL: panel.url });
      await observeLoads(page);
      for (const path of pathsOf(id)) {
        const figures = { path: path.replaceAll(id, 'ID'), width, ...(await several(page, path, Number(values.tries))) };
        process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : `${Object.values(figures).join('  ')}\n`);
      }
      await page.close();
    }
  } finally {
    await browser.close();
    await panel.stop();
  }
}

function pathsOf(id: string): string[] {
  const tabs = ['logs', 'ebpf', 'messages', 'config'].map((tab) => `/runs/${id}?tab=${tab}`);
  return ['/', '/runs', ...tabs, '/compare', `/compare?runs=${id},${id}`, '/experiments'];
}

async function several(page: Page, path: string, tries: number) {
  const loads: PageLoad[] = [];
  for (let at = 0; at < tries; at++) loads.push(await loadPage(page, path));
  const sorted = loads.map(({ lcpMs }) => lcpMs).toSorted((a, b) => a - b);
  return {
    scriptKb: Math.max(...loads.map(({ scriptBytes }) => scriptBytes)) / 1000,
    lcpMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN),
    lcpWorstMs: Math.round(sorted.at(-1) ?? Number.NaN),
    layoutShift: Math.round(Math.max(...loads.map(({ layoutShift }) => layoutShift)) * 10_000) / 10_000,
  };
}

await main();
