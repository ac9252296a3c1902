import type { Page } from '@playwright/test';
import { ended, launch, loaded } from './launching';
import { expect, test } from './panel';

/** The story of a new user: baseline, then tc_broadcast, then both side by side with the proof. */
test.describe.configure({ mode: 'serial' });

const runs: string[] = [];

test('the control panel says whether the machine is ready and what can be launched', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Control panel' })).toBeVisible();
  await expect(page.getByText('Docker Engine')).toBeVisible();
  for (const scenario of ['scenario3', 'scenario5', 'scenario7']) {
    await expect(page.getByRole('radio', { name: new RegExp(`^${scenario}`) })).toBeAttached();
  }
});

test('a baseline run shows latency, every log and replica1’s eBPF while it happens', async ({ page }) => {
  const id = await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 12 });
  runs.push(id);
  const progress = page.getByRole('region', { name: 'Progress' });
  await expect(progress.locator('[aria-current="step"]')).toContainText('Measuring', { timeout: 30_000 });

  const latency = page.getByRole('region', { name: 'Client latency' });
  await expect(latency.locator('text').filter({ hasText: /^p50 [\d.,]+ [µm]s$/ })).toBeVisible({ timeout: 3_000 });

  const logs = page.getByRole('region', { name: 'Log lines' });
  await page.getByRole('radio', { name: 'debug' }).check({ force: true });
  for (const source of ['replica1', 'replica2', 'replica3']) {
    await page.getByRole('button', { name: `Only ${source}` }).click();
    await expect(logs.getByTitle(source, { exact: true }).first()).toBeVisible();
    await page.getByRole('button', { name: `Only ${source}` }).click();
  }

  await page.getByRole('tab', { name: /eBPF/ }).click();
  await expect(page.getByRole('table', { name: 'Programs of replica1' }).getByText('lab_broadcast')).toBeVisible();
  await expect(page.getByRole('region', { name: 'bpftool prog show in replica1' })).toContainText(
    'sched_cls  name lab_broadcast',
  );

  expect(await ended(page)).toContain('Done');
  await expect(page.getByText('not offloaded').first()).toBeVisible();
  await expect(page.getByText(/same log at op [\d,]+, equal to the client/)).toBeVisible();
});

test('a tc_broadcast run proves its offload', async ({ page }) => {
  runs.push(await launch(page, { scenario: 'scenario3', variant: 'tc_broadcast', seconds: 12 }));
  expect(await ended(page)).toContain('Done');
  await expect(page.getByText('offloaded', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('0 lost in the measured window')).toBeVisible();
});

test('both compare with a verdict that names the proof', async ({ page }) => {
  await page.goto(`/compare?runs=${runs.join(',')}`);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('TC_BROADCAST');
  await expect(verdict).toContainText(/offload proven/i);
  await expect(verdict).toContainText(/one pair/i);
  await expect(page.getByRole('region', { name: 'Statistics' }).first()).toContainText('p99');
  // Both latencies over time, their difference, the percentile plot and the ECDF; each can be kept as a file.
  await expect(page.locator('figure').getByRole('img')).toHaveCount(5);
  await expect(page.getByRole('button', { name: /^Save as SVG/ })).toHaveCount(5);
});

test('every page looks right at 1280 and 390 px in both themes', async ({ page }) => {
  const first = runs[0] ?? '';
  const pages: Record<string, string> = {
    panel: '/',
    runs: '/runs',
    run: `/runs/${first}`,
    ebpf: `/runs/${first}?tab=ebpf`,
    messages: `/runs/${first}?tab=messages`,
    config: `/runs/${first}?tab=config`,
    compare: `/compare?runs=${runs.join(',')}`,
  };
  for (const [name, path] of Object.entries(pages)) {
    for (const colorScheme of ['dark', 'light'] as const) {
      for (const width of [1280, 390]) await shoot(page, { name, path, colorScheme, width });
    }
  }
});

type Shot = { name: string; path: string; colorScheme: 'dark' | 'light'; width: number };

async function shoot(page: Page, { name, path, colorScheme, width }: Shot): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 900 });
  await page.goto(path);
  await expect(page.getByRole('main')).toBeVisible();
  await loaded(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `${name} at ${width} px scrolls sideways`).toBeLessThanOrEqual(0);
  await page.screenshot({ path: `test-results/screens/${name}-${colorScheme}-${width}.png`, fullPage: true });
}
