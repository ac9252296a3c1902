import type { Page } from '@playwright/test';
import { z } from 'zod';

const load = z.object({
  /** Compressed bytes of every script that the page had loaded once it was quiet. */
  scriptBytes: z.number(),
  /** Of the largest thing painted, ms since the navigation began. */
  lcpMs: z.number(),
  /** Sum of all layout shifts that no input caused. */
  layoutShift: z.number(),
});
export type PageLoad = z.infer<typeof load>;

/** Before the page's own script, so that nothing is missed. */
const OBSERVE = `(() => {
  window.labLoad = { lcpMs: 0, layoutShift: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) labLoad.lcpMs = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) labLoad.layoutShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
})();`;

const READ = `JSON.stringify({
  ...labLoad,
  scriptBytes: performance
    .getEntriesByType('resource')
    .filter(({ initiatorType, name }) => initiatorType === 'script' || name.endsWith('.js'))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
})`;

export async function observeLoads(page: Page): Promise<void> {
  await page.addInitScript(OBSERVE);
}

/** Opens the page with an empty cache and reads what loading it took once the skeletons are gone and nothing is loaded any more. */
export async function loadPage(page: Page, path: string): Promise<PageLoad> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await session.detach();
  await page.goto('about:blank');
  await page.goto(path);
  await page.waitForFunction(() => document.querySelectorAll('[role="status"][aria-label]').length === 0);
  await page.waitForLoadState('networkidle');
  return load.parse(JSON.parse(z.string().parse(await page.evaluate(READ))));
}
