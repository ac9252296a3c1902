import type { Locator, Page } from '@playwright/test';
import { ended, launch } from './launching';
import { expect, test } from './panel';

/** One short run, read in every way the log view offers. */
test.describe.configure({ mode: 'serial' });

let id = '';

const list = (page: Page): Locator => page.getByRole('region', { name: 'Log lines' });
const rows = (page: Page): Locator => list(page).locator('[data-seq]');
const selected = (page: Page): Locator => list(page).locator('[aria-current="true"]');

/** A figure that the list writes on itself for scripts. */
async function figure(page: Page, name: 'total' | 'shown' | 'held' | 'last-seq'): Promise<number> {
  return Number(await list(page).getAttribute(`data-${name}`));
}

async function showEverything(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'debug' }).check({ force: true });
  await expect.poll(async () => (await figure(page, 'shown')) === (await figure(page, 'total'))).toBe(true);
}

const seqs = async (page: Page): Promise<number[]> =>
  (await rows(page).evaluateAll((found) => found.map((row) => row.getAttribute('data-seq')))).map(Number);

test('a live log is followed, paused with the exact count that waits, and followed again', async ({ page }) => {
  id = await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 8 });
  await expect(list(page)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('region', { name: 'Progress' }).locator('[aria-current="step"]')).toContainText('Measuring', {
    timeout: 30_000,
  });
  await showEverything(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  const before = { shown: await figure(page, 'shown'), first: (await seqs(page))[0] };
  await expect(page.getByRole('button', { name: /lines? waiting/ })).toBeVisible();
  expect(await ended(page)).toContain('Done');
  const first = await figure(page, 'total');
  await expect.poll(() => figure(page, 'total')).toBe(first);
  expect((await seqs(page))[0]).toBe(before.first);
  const words = await page.getByRole('button', { name: /lines? waiting/ }).innerText();
  // Between the click and the look at the figure a batch may have come; nothing else may lie between them.
  const waiting = Number(/[\d,]+/.exec(words)?.[0].replaceAll(',', ''));
  expect(waiting - ((await figure(page, 'shown')) - before.shown)).toBeLessThanOrEqual(200);
  expect(waiting).toBeGreaterThanOrEqual((await figure(page, 'shown')) - before.shown);
  await page.getByRole('button', { name: /lines? waiting/ }).click();
  await expect.poll(() => figure(page, 'last-seq')).toBe(await figure(page, 'total'));
  await expect(page.getByRole('button', { name: /lines? waiting/ })).toHaveCount(0);
  await expect(page.getByText('Complete', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0);
});

test('every line is there once, in order, from the first to the last', async ({ page }) => {
  await page.goto(`/runs/${id}?level=debug`);
  await expect(rows(page).first()).toBeVisible();
  const total = await figure(page, 'total');
  expect(total).toBeGreaterThan(100);
  await list(page).press('Home');
  await expect(list(page).locator('[data-seq="1"]')).toBeVisible();
  const seen = new Set<number>();
  for (;;) {
    const shown = await seqs(page);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    for (const seq of shown) seen.add(seq);
    if (seen.has(total)) break;
    const last = shown.at(-1) ?? 0;
    await list(page).evaluate((element) => element.scrollBy(0, element.clientHeight));
    await expect.poll(async () => (await seqs(page)).at(-1) ?? 0).toBeGreaterThan(last);
  }
  expect(seen.size).toBe(total);
});

test('words, a regular expression and their inverse filter the whole log on the server', async ({ page }) => {
  await page.goto(`/runs/${id}?level=debug`);
  await expect(rows(page).first()).toBeVisible();
  const total = await figure(page, 'total');
  await page.getByLabel('Filter lines').fill('"EVENT":"ready"');
  await expect(rows(page)).not.toHaveCount(0);
  await expect.poll(() => figure(page, 'shown')).toBeLessThan(20);
  const ready = await figure(page, 'shown');
  await expect(rows(page).first().locator('mark').first()).toHaveText('"event":"ready"');
  await expect(page).toHaveURL(/q=/);

  await page.getByRole('button', { name: 'Lines that do not match' }).click();
  await expect.poll(() => figure(page, 'shown')).toBe(total - ready);
  await page.getByRole('button', { name: 'Lines that do not match' }).click();

  await page.getByLabel('Filter lines').fill('"event":"(ready|ph[a-z]se)"');
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await expect(rows(page).filter({ hasText: '"event":"phase"' })).not.toHaveCount(0);
  await expect(rows(page).locator('mark').first()).toHaveText(/"event":"(ready|phase)"/);

  await page.getByLabel('Filter lines').fill('gap (');
  const problem = page.getByRole('alert').filter({ hasText: 'not a regular expression' });
  await expect(problem).toContainText('gap (');
  await expect(page.getByLabel('Filter lines')).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await expect(problem).toHaveCount(0);
  await expect(page.getByText('No line matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect.poll(() => figure(page, 'shown')).toBe(total);
});

test('one container, and a level, are shown alone', async ({ page }) => {
  await page.goto(`/runs/${id}?level=debug&only=replica2`);
  await expect(rows(page).first()).toBeVisible();
  const sources = await rows(page)
    .locator('[title^="replica"], [title="client"], [title="lab"]')
    .evaluateAll((tags) => tags.map((tag) => tag.getAttribute('title')));
  expect(new Set(sources)).toEqual(new Set(['replica2']));
  await page.getByRole('button', { name: 'Only replica2' }).click();
  await expect(list(page).getByTitle('replica1', { exact: true }).first()).toBeVisible();
});

test('a link to a line opens there in another page, and a time leads to its line', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/runs/${id}?level=debug`);
  await expect(rows(page).first()).toBeVisible();
  await list(page).press('Home');
  const wanted = rows(page).filter({ hasText: '"event":"ready"' }).first();
  await page.getByLabel('Filter lines').fill('"event":"ready"');
  await wanted.click();
  const seq = Number(await selected(page).getAttribute('data-seq'));
  await page.getByRole('button', { name: 'Copy link' }).click();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(address).searchParams.get('line')).toBe(String(seq));

  const other = await context.newPage();
  await other.goto(address.replace(/&?q=[^&]*/, ''));
  await expect(selected(other)).toHaveAttribute('data-seq', String(seq));
  await expect(selected(other)).toBeInViewport();
  await expect(other.getByRole('button', { name: 'To the end' })).toBeVisible();

  const time = (await selected(other).locator('time').innerText()).slice(0, -2);
  await list(other).press('End');
  await expect(other).not.toHaveURL(/line=/);
  await other.getByLabel('Go to a time').fill(time);
  await other.getByLabel('Go to a time').press('Enter');
  await expect(selected(other).locator('time')).toHaveText(new RegExp(`^${time.slice(0, -3)}`));
  await other.getByLabel('Go to a time').fill('2001-01-01T00:00:00Z');
  await other.getByLabel('Go to a time').press('Enter');
  await expect(other.getByText(/before the run's first line/)).toBeVisible();
  await expect(selected(other)).toHaveAttribute('data-seq', '1');
  await other.getByLabel('Go to a time').fill('soon');
  await other.getByLabel('Go to a time').press('Enter');
  await expect(other.getByRole('alert').filter({ hasText: 'Not a time' })).toBeVisible();
});

test('a moment since measuring began leads to the lines around it', async ({ page }) => {
  await page.goto(`/runs/${id}?level=debug&at=3000`);
  await expect(selected(page)).toBeInViewport();
  const [at, began] = await Promise.all([
    selected(page).locator('time').innerText(),
    page.getByRole('region', { name: 'Progress' }).innerText(),
  ]);
  expect(began).toMatch(/window opened/);
  const [, opened = ''] = /window opened (\d\d:\d\d:\d\d(?:\.\d+)?)/.exec(began) ?? [];
  const seconds = (clock: string) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  expect(Math.abs(seconds(at) - seconds(opened) - 3)).toBeLessThan(1.2);
});

test('the moment under the latency chart’s crosshair leads to the log, by mouse and by keyboard', async ({ page }) => {
  await page.goto(`/runs/${id}?level=debug&tab=config`);
  const crosshair = page.getByRole('slider', { name: 'Moment pointed at in latency over time' });
  const box = await crosshair.boundingBox();
  if (box === null) throw new Error('the chart is not on the page');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page).toHaveURL(/[?&]at=\d+/);
  await expect(page.getByRole('tab', { name: /Logs/ })).toHaveAttribute('aria-selected', 'true');
  await expect(selected(page)).toBeVisible();
  const clicked = page.url();
  await page.mouse.move(0, 0);
  await crosshair.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).not.toBe(clicked);
});

test('the log can be read by keyboard alone', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/runs/${id}?level=debug`);
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('k');
  await expect(list(page)).toBeFocused();
  const last = Number(await selected(page).getAttribute('data-seq'));
  await page.keyboard.press('ArrowUp');
  await expect(selected(page)).toHaveAttribute('data-seq', String(last - 1));
  await page.keyboard.press('j');
  await expect(selected(page)).toHaveAttribute('data-seq', String(last));

  await page.keyboard.press('N');
  const detail = page.getByRole('region', { name: 'Selected line' });
  await expect(selected(page).getByRole('img')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(detail.getByText('means')).toBeVisible();
  await expect(selected(page)).toBeInViewport();
  await page.keyboard.press('c');
  expect((await page.evaluate(() => navigator.clipboard.readText())).length).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await expect(detail.getByText('means')).toHaveCount(0);

  await page.keyboard.press('f');
  await expect.poll(() => figure(page, 'last-seq')).toBe(await figure(page, 'total'));
  await page.keyboard.press('/');
  await expect(page.getByLabel('Filter lines')).toBeFocused();

  const map = page.getByRole('slider', { name: 'Map of the log' });
  await map.focus();
  await page.keyboard.press('Home');
  await expect(list(page).locator('[data-seq="1"]')).toBeVisible();
  await expect(map).toHaveAttribute('aria-valuetext', /line 1 of/);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Log: the next line');
});

test('the log is kept as a file: all of it, and what the filter shows', async ({ page }) => {
  await page.goto(`/runs/${id}?level=debug&q=%22event%22%3A%22ready%22`);
  await expect(rows(page).first()).toBeVisible();
  const shown = await figure(page, 'shown');
  await page.getByRole('button', { name: 'Download the log' }).click();
  for (const [name, lines] of [
    ['What the filter shows as text', shown],
    ['The whole log as text', await figure(page, 'total')],
  ] as const) {
    const href = (await page.getByRole('link', { name }).getAttribute('href')) ?? '';
    const text = await (await page.request.get(href)).text();
    expect(text.trimEnd().split('\n')).toHaveLength(lines);
  }
});
