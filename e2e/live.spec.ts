import { execFileSync } from 'node:child_process';
import { ended, launch } from './launching';
import { expect, test } from './panel';

function leftOf(id: string): string {
  const filter = ['--filter', `label=electrode-lab.run=${id}`, '-q'];
  const containers = execFileSync('docker', ['ps', '-a', ...filter]).toString();
  const networks = execFileSync('docker', ['network', 'ls', ...filter]).toString();
  return (containers + networks).trim();
}

test('Stop says what it removed, and nothing is left', async ({ page }) => {
  const id = await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 30 });
  await expect(page.getByRole('region', { name: 'Progress' }).locator('[aria-current="step"]')).toContainText('Measuring', {
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Stop the run' }).click();
  expect(await ended(page)).toContain('Stopped');
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/removed 4 containers, 1 network/);
  expect(leftOf(id)).toBe('');
});

test('a run goes on while no browser looks, and the page catches up', async ({ page, context }) => {
  const id = await launch(page, { scenario: 'scenario3', variant: 'tc_broadcast', seconds: 6 });
  await page.close();
  const later = await context.newPage();
  await later.goto(`/runs/${id}`);
  expect(await ended(later)).toContain('Done');
});

test('a lost connection is shown and heals', async ({ page, context }) => {
  const id = await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 12 });
  await expect(page.getByText('Live').first()).toBeVisible();
  await context.setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await context.setOffline(false);
  expect(await ended(page)).toContain('Done');
  expect(id).toMatch(/^r-/);
});

test('the logs can be filtered, paused and followed by keyboard', async ({ page }) => {
  await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 5 });
  const logs = page.getByRole('region', { name: 'Log lines' });
  await expect(logs).toBeVisible({ timeout: 20_000 });
  await page.getByRole('radio', { name: 'debug' }).check({ force: true });
  await page.getByLabel('Filter lines').fill('"event":"ready"');
  await expect(logs.locator('[data-seq]').first()).toContainText('ready', { timeout: 20_000 });
  await page.getByLabel('Filter lines').fill('');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: /lines? waiting/ })).toBeVisible();
  await page.getByRole('button', { name: /lines? waiting/ }).press('Enter');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  expect(await ended(page)).toContain('Done');
});
