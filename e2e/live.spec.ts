import { execFileSync } from 'node:child_process';
import { ended, labelOf, launch } from './launching';
import { expect, test } from './panel';

function leftOf(label: string): string {
  const filter = ['--filter', `label=electrode-lab.run=${label}`, '-q'];
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
  expect(leftOf(await labelOf(page, id))).toBe('');
});

test('a run goes on while no browser looks, and the page catches up', async ({ page, context }) => {
  const id = await launch(page, { scenario: 'scenario3', variant: 'tc_broadcast', seconds: 6 });
  await page.close();
  const later = await context.newPage();
  await later.goto(`/runs/${id}`);
  expect(await ended(later)).toContain('Done');
});

test('a lost connection is shown, heals, and the log has no gap', async ({ page }) => {
  const cut: (() => Promise<void>)[] = [];
  await page.routeWebSocket(/\/api\/trpc/, (socket) => {
    socket.connectToServer();
    cut.push(() => socket.close({ code: 1012, reason: 'cut by the test' }));
  });
  await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 12 });
  const connection = page.getByRole('banner').getByRole('status');
  await expect(page.getByRole('region', { name: 'Progress' }).locator('[aria-current="step"]')).toContainText('Measuring', {
    timeout: 30_000,
  });
  for (const times of [1, 2]) {
    await cut.at(-1)?.();
    await expect(connection).toHaveText('Reconnecting');
    await expect(connection).toHaveText('Live');
    expect(cut.length).toBeGreaterThan(times);
  }
  await page.getByRole('radio', { name: 'debug' }).check({ force: true });
  expect(await ended(page)).toContain('Done');
  await expect(page.getByText(/[\d,]+ of [\d,]+ lines, 0 dropped/)).toBeVisible();
  const lines = page.getByRole('region', { name: 'Log lines' });
  const figure = async (name: string) => Number(await lines.getAttribute(`data-${name}`));
  expect(await figure('shown')).toBeGreaterThan(100);
  expect(await figure('shown')).toBe(await figure('total'));
  expect(await figure('behind')).toBe(0);
});

test('the logs can be filtered, paused and followed by keyboard', async ({ page }) => {
  await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 15 });
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
