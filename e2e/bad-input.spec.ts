import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as bare, expect } from '@playwright/test';
import { startPanel, test } from './panel';

test('a workload out of bounds is refused in the field, with the bound', async ({ page }) => {
  await page.goto('/');
  const seconds = page.getByRole('textbox', { name: 'Measure' });
  for (const value of ['0', '-3', '100000', 'abc']) {
    await seconds.fill(value);
    await expect(seconds).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('button', { name: 'Launch', exact: true })).toBeDisabled();
  }
  await page.getByLabel('Payload').fill('5000');
  await expect(page.getByText(/1,?408/)).toBeVisible();
});

test('a run that does not exist says so and shows the way back', async ({ page, consoleErrors }) => {
  await page.goto('/runs/r-9999');
  await expect(page.getByRole('alert').filter({ hasText: 'r-9999' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'All runs' })).toBeVisible();
  // The browser itself reports the refused request; that one is expected.
  consoleErrors.splice(0, consoleErrors.length, ...consoleErrors.filter((text) => !text.includes('404')));
});

test('log text is shown as text', async ({ page }) => {
  await page.goto('/?scenario=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E');
  await expect(page.getByRole('alert').filter({ hasText: '<img src=x onerror=alert(1)>' })).toBeVisible();
});

bare(
  'folders that cannot be launched are named with file, line and cause; a new folder appears without code',
  async ({ page }) => {
    const scenarios = mkdtempSync(join(tmpdir(), 'electrode-lab-scenarios-'));
    const folder = (name: string, text: string) => {
      mkdirSync(join(scenarios, name));
      writeFileSync(join(scenarios, name, 'docker-compose.yaml'), text);
    };
    folder('torn', 'services:\n  replica1:\n    image: [oops\n');
    folder('shopping', 'milk: 2\nbread: 1\n');
    const replica = (id: number) => `  replica${id}:\n    image: somebody/else:1\n`;
    folder('fourth', `services:\n${[1, 2, 3].map(replica).join('')}  client:\n    image: somebody/else:1\n`);

    const panel = await startPanel({ scenariosDir: scenarios });
    try {
      await page.goto(panel.url);
      const broken = page.getByRole('list', { name: 'Folders that cannot be launched' });
      await expect(broken.getByText('torn', { exact: true })).toBeVisible();
      await expect(broken).toContainText('torn/docker-compose.yaml, line 4');
      await expect(broken.getByText('shopping', { exact: true })).toBeVisible();
      await expect(page.getByRole('radio', { name: /^fourth/ })).toBeAttached();
      await page.getByRole('button', { name: 'Launch', exact: true }).click();
      await page.waitForURL(/\/runs\/r-\d+/);
      await expect(page.getByRole('alert').filter({ hasText: 'somebody/else:1' })).toBeVisible({ timeout: 20_000 });
    } finally {
      await panel.stop();
    }
  },
);
