/**
 * How smoothly the swim-lane zooms with many points loaded: a real run of 7 replicas, traced over its whole window, opened in a real
 * browser once it is over; the wheel turns in and out for some seconds. Prints points, frames per second of the screen and of the
 * picture, and the longest task; it judges nothing.
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { launchRun, runFigures } from './observer/one-run';
import { openBrowser } from './observer/viewers';
import { startPanel } from './panel';

const WHEEL_PX = 60;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '260000' },
      seconds: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  });
  const panel = await startPanel();
  const browser = await openBrowser();
  try {
    const observe = { bpfStatistics: false, trace: true };
    const choice = {
      scenario: 'scenario7',
      variant: 'tc_broadcast',
      requests: Number(values.requests),
      warmupSeconds: 1,
      observe,
    };
    const id = await launchRun(panel.url, choice);
    await runFigures(panel.url, id);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, baseURL: panel.url });
    const loaded = page.waitForFunction(() => /[\d,]{5,} points kept/.test(document.body.innerText), undefined, {
      timeout: 60_000,
    });
    await page.goto(`/runs/${id}?tab=messages`);
    await loaded;
    await page.waitForTimeout(3000);
    const figures = { points: await pointsKept(page), ...(await zoom(page, Number(values.seconds))) };
    process.stdout.write(`${values.json ? JSON.stringify(figures) : Object.entries(figures).map(String).join('\n')}\n`);
  } finally {
    await browser.close();
    await panel.stop();
  }
}

async function pointsKept(page: Page): Promise<number> {
  const [, points = '0'] = /([\d,]+) points kept/.exec(await page.locator('body').innerText()) ?? [];
  return Number(points.replaceAll(',', ''));
}

const readings = z.object({ frames: z.number(), ms: z.number(), longestTaskMs: z.number() });

async function zoom(page: Page, seconds: number) {
  const lane = page.getByRole('application', { name: 'Swim-lane of sampled operations' });
  const canvas = lane.locator('canvas');
  await lane.scrollIntoViewIfNeeded();
  await lane.focus();
  await page.keyboard.press('0');
  const box = await lane.boundingBox();
  if (box === null) throw new Error('the swim-lane is not on the screen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const painted = async () => Number(await canvas.getAttribute('data-frames'));
  const before = await painted();
  await page.evaluate(`(() => {
    window.labZoom = { frames: 0, longestTaskMs: 0, begin: performance.now() };
    const count = () => { labZoom.frames += 1; requestAnimationFrame(count); };
    requestAnimationFrame(count);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) labZoom.longestTaskMs = Math.max(labZoom.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
  })()`);
  let wheels = 0;
  // In for a second, out for a second: at either limit nothing changes, and nothing would be painted.
  for (const began = Date.now(); Date.now() - began < seconds * 1000; ) {
    const inwards = Math.floor((Date.now() - began) / 1000) % 2 === 0;
    await page.mouse.wheel(0, inwards ? -WHEEL_PX : WHEEL_PX);
    wheels += 1;
  }
  const text = await page.evaluate('JSON.stringify({ ...labZoom, ms: performance.now() - labZoom.begin })');
  const { frames, ms, longestTaskMs } = readings.parse(JSON.parse(z.string().parse(text)));
  const perSecond = (count: number) => Math.round((count * 10_000) / ms) / 10;
  // A picture is painted when the wheel has turned: at most one for each event, which this script sends one after the other.
  const pictures = (await painted()) - before;
  return { screenFps: perSecond(frames), wheelsPerS: perSecond(wheels), picturesPerS: perSecond(pictures), longestTaskMs };
}

await main();
