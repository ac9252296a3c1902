import { expect, type Page } from '@playwright/test';
import { z } from 'zod';

export type Choice = { scenario: string; variant: string; requests?: number; seconds?: number; warmupSeconds?: number };

/** Chooses on the control panel and launches, as a user would; returns the run's id. */
export async function launch(page: Page, choice: Choice): Promise<string> {
  await page.goto(`/?scenario=${choice.scenario}&variant=${choice.variant}`);
  await expect(page.getByRole('radio', { name: new RegExp(`^${choice.scenario}`) })).toBeChecked();
  if (choice.requests !== undefined) {
    await page.getByText('requests', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Measure' }).fill(String(choice.requests));
  }
  if (choice.seconds !== undefined) await page.getByRole('textbox', { name: 'Measure' }).fill(String(choice.seconds));
  await page.getByLabel('Warm-up').fill(String(choice.warmupSeconds ?? 1));
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  await page.waitForURL(/\/runs\/r-\d+/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Waits on the run's page until it is over and returns how it ended, as the stepper says it. */
export async function ended(page: Page, within = 60_000): Promise<string> {
  const progress = page.getByRole('region', { name: 'Progress' });
  await expect(progress).toContainText(/ended \d/, { timeout: within });
  return (await progress.getByRole('listitem').last().innerText()).split('\n')[0] ?? '';
}

/** The page is there, and no view of it still shows its skeleton. */
export async function loaded(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.locator('[role="status"][aria-label]')).toHaveCount(0);
}

const viewed = z.object({ result: z.object({ data: z.object({ config: z.object({ label: z.string() }) }) }) });

/** Value of the label `electrode-lab.run` on everything the run has on the engine. */
export async function labelOf(page: Page, id: string): Promise<string> {
  const response = await page.request.get('/api/trpc/runs.get', { params: { input: JSON.stringify({ id }) } });
  return viewed.parse(await response.json()).result.data.config.label;
}
