import { ended, launch } from './launching';
import { loadPage, observeLoads } from './pages/page-load';
import { expect, test } from './panel';

/** Whoever opens a page from another machine waits for its script; and what has been read must not jump away. */
const SCRIPT_BYTES_MOST = 250_000;
const LAYOUT_SHIFT_MOST = 0.05;

test('every page loads at most 250 kB of compressed script and stands still', async ({ page }) => {
  const id = await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 2 });
  expect(await ended(page)).toContain('Done');
  await observeLoads(page);
  const tabs = ['logs', 'ebpf', 'messages', 'config'].map((tab) => `/runs/${id}?tab=${tab}`);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ['/', '/runs', ...tabs, '/compare', `/compare?runs=${id},${id}`, '/experiments']) {
      const { scriptBytes, layoutShift } = await loadPage(page, path);
      expect.soft(scriptBytes, `${path} at ${width} px`).toBeGreaterThan(50_000);
      expect.soft(scriptBytes, `${path} at ${width} px`).toBeLessThanOrEqual(SCRIPT_BYTES_MOST);
      expect.soft(layoutShift, `${path} at ${width} px`).toBeLessThanOrEqual(LAYOUT_SHIFT_MOST);
    }
  }
});
