import type { Locator, Page } from '@playwright/test';
import { ended, loaded } from './launching';
import { expect, test } from './panel';

/** More than any page has; a control that takes longer to reach is out of reach. */
const MOST_STEPS = 120;

/** Presses Tab until the control has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control.first()).toBeAttached();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await control.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${control} was not reached by ${MOST_STEPS} tabs`);
}

/** Whoever moves by keyboard has to see where they are. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const ring = await page.evaluate(() => {
    // The ring may stand at the label around a control that is drawn by it.
    for (let element = document.activeElement; element !== null; element = element.parentElement) {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) return true;
    }
    const next = document.activeElement?.nextElementSibling;
    return next != null && getComputedStyle(next).outlineStyle !== 'none';
  });
  expect(ring, 'the focused control shows a ring').toBe(true);
}

test('a run is launched, watched, inspected and compared by keyboard alone', async ({ page }) => {
  await page.goto('/?scenario=scenario3&variant=tc_broadcast');
  await loaded(page);

  await test.step('launch', async () => {
    await tabTo(page, page.getByRole('radio', { name: /^scenario3/ }));
    await expectVisibleFocus(page);
    await tabTo(page, page.getByRole('textbox', { name: 'Measure' }));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('8');
    await tabTo(page, page.getByLabel('Warm-up'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1');
    await tabTo(page, page.getByRole('button', { name: 'Launch', exact: true }));
    await expectVisibleFocus(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/r-\d+/);
  });

  await test.step('the tabs', async () => {
    await tabTo(page, page.getByRole('tab', { name: /Logs/ }));
    for (const name of [/eBPF/, /Messages/, /Config/]) {
      await page.keyboard.press('ArrowRight');
      await expect(page.getByRole('tab', { name })).toBeFocused();
      await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
    }
    await page.keyboard.press('Home');
    await expect(page.getByRole('tab', { name: /Logs/ })).toBeFocused();
  });

  await test.step('the log', async () => {
    expect(await ended(page)).toContain('Done');
    await tabTo(page, page.getByLabel('Filter lines'));
    await page.keyboard.type('leader of view');
    const logs = page.getByRole('region', { name: 'Log lines' });
    await expect(logs.locator('[data-seq]')).toHaveCount(1);
    await tabTo(page, logs);
    await expectVisibleFocus(page);
  });

  await test.step('the keys that a page has, and away by two of them', async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys on this page' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL(/\/runs$/);
  });

  await test.step('compare', async () => {
    await loaded(page);
    await tabTo(page, page.getByRole('checkbox').first());
    await page.keyboard.press('Space');
    await expect(page.getByRole('checkbox').first()).toBeChecked();
    await expectVisibleFocus(page);
  });
});
