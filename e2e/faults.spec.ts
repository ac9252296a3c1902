import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ended, launch, loaded } from './launching';
import { expect, test } from './panel';

const measuring = (page: Page) =>
  expect(page.getByRole('region', { name: 'Progress' }).locator('[aria-current="step"]')).toContainText('Measuring', {
    timeout: 30_000,
  });

const roster = (page: Page) => page.getByRole('table', { name: 'Replicas' });
const rowOf = (page: Page, replica: string) => roster(page).getByRole('row').filter({ hasText: replica });

/** Requests completed in the measured window, as the latency card counts them. */
async function answered(page: Page): Promise<number> {
  const words = await page
    .getByRole('region', { name: 'Client latency' })
    .getByText(/n = [\d,]+ in the/)
    .innerText();
  return Number(/n = ([\d,]+)/.exec(words)?.[1]?.replaceAll(',', ''));
}

test('a leader that is killed by a click is followed by another one, and every reply stands at the end', async ({ page }) => {
  await launch(page, { scenario: 'scenario3', variant: 'tc_broadcast', seconds: 8 });
  const faults = page.getByRole('region', { name: 'Faults' });
  await expect(faults).toContainText('as soon as the run measures');
  await expect(faults.getByRole('button', { name: /^Kill whoever leads/ })).toBeDisabled();
  await measuring(page);
  await expect(rowOf(page, 'replica1')).toContainText('leader');

  await test.step('kill it for two seconds', async () => {
    await faults.getByRole('textbox', { name: 'For' }).fill('2');
    await faults.getByRole('button', { name: 'Kill whoever leads for 2 s' }).click();
    await expect(faults.getByRole('list', { name: 'Faults in force and planned' })).toContainText('kill replica1');
    await expect(rowOf(page, 'replica1')).toContainText('killed');
  });

  await test.step('another one leads, and replies come again', async () => {
    await expect(roster(page).getByRole('row').filter({ hasText: 'leader' })).toContainText(/replica[23]/);
    await expect(page.getByRole('main')).toContainText(/view \d+, \d+ leader changes?/);
    const atOnce = await answered(page);
    await expect.poll(() => answered(page)).toBeGreaterThan(atOnce + 100);
  });

  await test.step('the window is shaded on latency and throughput, and told to those who do not see it', async () => {
    for (const chart of [/^Latency of tc_broadcast/, /^Throughput of tc_broadcast/]) {
      const picture = page.getByRole('img', { name: chart });
      await expect(picture).toHaveAttribute('aria-label', /Faults: kill replica1 from [\d.]+ to [\d.]+ s/);
      await expect(picture.locator('rect[fill="var(--fault-fill)"]').first()).toBeVisible();
    }
    await expect(page.getByRole('img', { name: /^Views over time/ })).toHaveAttribute(
      'aria-label',
      /replica1 .*leads view 0 .* killed .*replica[23] .*leads view [1-9]/,
    );
  });

  await test.step('at the end it is safe, and the time without a reply is known', async () => {
    expect(await ended(page)).toContain('Done');
    const safety = page.getByRole('region', { name: 'Safety' });
    await expect(safety).toContainText('Safe.');
    await expect(safety).toContainText('linearizable');
    const row = safety.getByRole('row').filter({ hasText: 'kill replica1' });
    await expect(row).toContainText(/\d+ ms|\d\.\d s/);
    await expect(row).toContainText('its time was up');
    await expect(safety).toContainText(/replica1 led before, replica[23] after/);
    await expect(rowOf(page, 'replica1')).toContainText('normal');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
  });
});

test('a fault plan is read as it is typed, kept with the run, and there again when it is launched again', async ({ page }) => {
  await page.goto('/?scenario=scenario3&variant=baseline');
  await loaded(page);
  const plan = page.getByRole('textbox', { name: 'Fault plan' });
  const launchIt = page.getByRole('button', { name: 'Launch', exact: true });

  await plan.fill('at 1 s kill nobody');
  await expect(page.getByRole('list', { name: 'Problems of the fault plan' })).toContainText('nobody');
  await expect(launchIt).toBeDisabled();

  await plan.fill('at 1 s pause replica3 for 1 s');
  await page.getByRole('button', { name: /^Add to the fault plan: at 5 s kill leader/ }).click();
  await expect(plan).toHaveValue('at 1 s pause replica3 for 1 s; at 5 s kill leader; at 9 s restart it');
  await plan.fill('at 1 s pause replica3 for 1 s');
  await expect(page.getByRole('list', { name: 'Fault plan as read' }).getByRole('listitem')).toHaveText([
    'at 1 s pause replica3 for 1 s',
  ]);
  await page.getByRole('textbox', { name: 'Measure' }).fill('3');
  await page.getByLabel('Warm-up').fill('1');
  await launchIt.click();
  await page.waitForURL(/\/runs\/r-\d+/);

  expect(await ended(page)).toContain('Done');
  await expect(page.getByRole('table', { name: 'Faults and recovery' }).getByRole('row')).toContainText([
    'Fault',
    /pause replica3\s*planned/,
  ]);
  await page.getByRole('tab', { name: 'Config' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('pause replica3 for 1 s');
  await page.getByRole('link', { name: 'Launch again' }).click();
  await expect(plan).toHaveValue('at 1 s pause replica3 for 1 s');
  await expect(page.getByRole('textbox', { name: 'Measure' })).toHaveValue('3');
});
