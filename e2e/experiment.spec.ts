import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { loaded } from './launching';
import { expect, test } from './panel';

/** The story of a researcher: reproduce the paper with small workloads, read the verdict, take the report home. */
test.describe.configure({ mode: 'serial' });

let experiment = '';

const viewed = z.object({
  result: z.object({
    data: z.object({
      record: z.object({ state: z.string(), note: z.string().nullable() }),
      progress: z.object({ pairsCounted: z.number(), pairsWanted: z.number(), runsOver: z.number() }),
    }),
  }),
});

async function look(page: Page, id: string) {
  const response = await page.request.get('/api/trpc/experiments.get', { params: { input: JSON.stringify({ id }) } });
  return viewed.parse(await response.json()).result.data;
}

test('“Reproduce the paper” on scenario3 and scenario5 with 6 pairs starts from the browser', async ({ page }) => {
  await page.goto('/experiments');
  await expect(page.getByRole('button', { name: 'Start: Reproduce the paper' })).toBeEnabled();
  await page.getByRole('button', { name: 'Change first: Reproduce the paper' }).click();
  const plan = page.getByRole('region', { name: 'Plan', exact: true });
  await plan.getByRole('checkbox', { name: 'scenario7' }).uncheck({ force: true });
  await plan.getByLabel('Pairs').fill('6');
  await plan.getByRole('textbox', { name: 'Measure' }).fill('400');
  await plan.getByLabel('Warm-up').fill('0.2');
  await expect(plan).toContainText('24 runs');
  await plan.getByRole('button', { name: 'Start the experiment' }).click();
  await page.waitForURL(/\/experiments\/x-\d+$/);
  experiment = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Runs of the plan' })).toContainText('scenario5');
});

test('it comes to a verdict while nobody looks', async ({ page }) => {
  test.setTimeout(300_000);
  // The page would measure itself: it is left, as its own advice says.
  await expect
    .poll(async () => (await look(page, experiment)).record.state, { timeout: 280_000, intervals: [1000] })
    .toBe('done');
  const { progress } = await look(page, experiment);
  expect(progress.pairsWanted).toBe(12);
  expect(progress.runsOver).toBeGreaterThanOrEqual(progress.pairsCounted * 2);
});

test('the page shows verdict, matrix, statistics and pictures', async ({ page }) => {
  await page.goto(`/experiments/${experiment}`);
  await loaded(page);
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(/scenario[35]|No pair counts/);
  const statistics = page.getByRole('table', { name: 'Statistics' });
  for (const measure of ['p50', 'p99.9', 'throughput', 'leader CPU per request']) {
    await expect(statistics).toContainText(measure);
  }
  await expect(page.getByRole('img', { name: /ratio/i }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Statistics' }).first()).toContainText(/A\/A/);
});

test('its pages look right at 1280 and 390 px in both themes, and axe finds nothing', async ({ page }) => {
  const pages = { experiments: '/experiments?plan=reproduce', experiment: `/experiments/${experiment}` };
  for (const [name, path] of Object.entries(pages)) {
    for (const colorScheme of ['dark', 'light'] as const) {
      for (const width of [1280, 390]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        await loaded(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${name} at ${width} px scrolls sideways`).toBeLessThanOrEqual(0);
        await page.screenshot({ path: `test-results/screens/${name}-${colorScheme}-${width}.png`, fullPage: true });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
      }
    }
  }
});

test('the report opens from disk with networking off and shows every picture', async ({ page, context }) => {
  const folder = mkdtempSync(join(tmpdir(), 'electrode-lab-report-'));
  await page.goto(`/experiments/${experiment}`);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page
    .getByRole('link', { name: /Report.*HTML/ })
    .or(page.getByRole('menuitem', { name: /Report.*HTML/ }))
    .click();
  const file = join(folder, 'report.html');
  await (await download).saveAs(file);
  const bytes = statSync(file).size;
  expect(bytes).toBeLessThanOrEqual(500_000);

  // The panel's own page would try to connect again, and the browser would log that it cannot.
  await page.goto('about:blank');
  await context.setOffline(true);
  const offline = await context.newPage();
  const asked: string[] = [];
  offline.on('request', (request) => asked.push(request.url()));
  await offline.goto(`file://${file}`);
  // Each picture is drawn twice, for a desk and for a phone; one of them is shown.
  const figures = offline.locator('figure').filter({ has: offline.locator('svg[role="img"]') });
  for (const width of [1280, 390]) {
    await offline.setViewportSize({ width, height: 900 });
    expect(await figures.count()).toBeGreaterThanOrEqual(8);
    for (const figure of await figures.all()) {
      const shown = figure.locator('svg[role="img"]').filter({ visible: true });
      await expect(shown).toHaveCount(1);
      const box = (await shown.boundingBox()) ?? { width: 0, height: 0 };
      expect(Math.min(box.width, box.height)).toBeGreaterThan(50);
    }
    await offline.screenshot({ path: `test-results/screens/report-${width}.png`, fullPage: true });
  }
  expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
  expect(readFileSync(file, 'utf8')).toContain('npm run -s lab -- experiment');
  await context.setOffline(false);
});

test('an archive exported here imports here as a second experiment', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'electrode-lab-archive-'));
  const file = join(folder, 'archive.tar.gz');
  const archive = await page.request.get(`/api/experiments/${experiment}/archive.tar.gz`);
  expect(archive.status()).toBe(200);
  writeFileSync(file, await archive.body());
  await page.goto('/experiments');
  await page.getByRole('button', { name: 'Import' }).click();
  await page.locator('input[type="file"]').setInputFiles(file);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Import/ })
    .click();
  await page.waitForURL(/\/experiments\/x-0*[2-9]\d*$/);
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible();
});

test('a running experiment can be paused, resumed and cancelled', async ({ page }) => {
  await page.goto('/experiments');
  await page.getByRole('button', { name: 'Start: A/A control' }).click();
  await page.waitForURL(/\/experiments\/x-\d+$/);
  const state = page.getByRole('main');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Cancel the experiment/ })
    .click();
  await expect(state).toContainText('cancelled', { timeout: 60_000 });
});
