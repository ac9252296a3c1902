import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ended, launch, loaded } from './launching';
import { expect, test } from './panel';

/** A run with the tab open from its first request on: it traces because somebody looks. */
async function watchMessages(page: Page, variant: string): Promise<void> {
  const id = await launch(page, { scenario: 'scenario3', variant, seconds: 4 });
  await page.goto(`/runs/${id}?tab=messages`);
  await expect(lane(page)).toBeVisible({ timeout: 30_000 });
}

const lane = (page: Page) => page.getByRole('application', { name: 'Swim-lane of sampled operations' });
const steps = (page: Page) => page.getByRole('table', { name: 'Steps', exact: true });
const slowest = (page: Page) => page.getByRole('table', { name: 'Slowest operations' });

test('an operation of tc_broadcast leaves user space once and is copied in the kernel', async ({ page }) => {
  await watchMessages(page, 'tc_broadcast');
  await expect(page.getByText('1 send and 2 copies per broadcast (1 clone in the kernel)').first()).toBeVisible();
  await expect(page.getByText(/1 of \d+ operations; tracing costs [\d.]+ ns per operation/)).toBeVisible();
  expect(await ended(page)).toContain('Done');

  await slowest(page).getByRole('button').first().click();
  const sends = steps(page).getByRole('row').filter({ hasText: 'sends PREPARE' }).filter({ hasText: 'all followers' });
  await expect(sends).toHaveCount(1);
  const copies = steps(page).getByRole('row').filter({ hasText: 'passes TC egress' });
  await expect(copies).toHaveCount(2);
  await expect(copies.filter({ hasText: 'clone' })).toHaveCount(1);
  await expect(copies.filter({ hasText: 'kernel' })).toHaveCount(2);
  await expect(page).toHaveURL(/[?&]op=\d+/);
});

test('an operation of baseline is sent once per follower', async ({ page }) => {
  await watchMessages(page, 'baseline');
  await expect(page.getByText('2 sends per broadcast').first()).toBeVisible();
  expect(await ended(page)).toContain('Done');
  await slowest(page).getByRole('button').first().click();
  const sends = steps(page).getByRole('row').filter({ hasText: 'sends PREPARE' }).filter({ hasNotText: 'PREPARE-OK' });
  await expect(sends).toHaveCount(2);
  await expect(steps(page).getByRole('row').filter({ hasText: 'clone' })).toHaveCount(0);
});

test('the picture is moved by keyboard, the address keeps it, and axe finds nothing', async ({ page }) => {
  await watchMessages(page, 'tc_broadcast');
  expect(await ended(page)).toContain('Done');
  const canvas = lane(page).locator('canvas');
  await page.reload();
  await lane(page).focus();
  const drawn = Number(await canvas.getAttribute('data-frames'));
  await page.keyboard.press('0');
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await canvas.getAttribute('data-frames'))).toBeGreaterThan(drawn);
  await expect(page).toHaveURL(/[?&]from=[\d.-]+&to=[\d.]+/);
  const inView = await page.getByText(/ in view\./).innerText();
  await page.reload();
  await expect(page.getByText(inView)).toBeVisible();

  await lane(page).focus();
  await page.keyboard.press('n');
  await expect(steps(page)).toBeVisible();
  const chosen = new URL(page.url()).searchParams.get('op');
  await lane(page).focus();
  await page.keyboard.press('n');
  await expect.poll(() => new URL(page.url()).searchParams.get('op')).not.toBe(chosen);

  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await loaded(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(' ')}`);
      expect(found, `${width} px in ${colorScheme}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${width} px in ${colorScheme}`).toBeLessThanOrEqual(0);
    }
  }

  await lane(page).focus();
  await page.keyboard.press('Escape');
  await expect(steps(page)).toHaveCount(0);
});
