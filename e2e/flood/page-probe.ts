import type { CDPSession, Page } from '@playwright/test';
import { z } from 'zod';

/** Runs in the page before its own script: notes paints of the log, long tasks and clicks, and keeps the sockets for cutting. */
const PROBE = `(() => {
  const probe = { paints: [], longestTaskMs: 0, clicks: [], sockets: new Set() };
  window.labProbe = probe;
  const now = () => performance.timeOrigin + performance.now();
  window.addEventListener('lab:log-painted', ({ detail }) => {
    probe.paints.push([now(), detail.lastSeq, detail.received, detail.skipped, detail.lagMs]);
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probe.longestTaskMs = Math.max(probe.longestTaskMs, duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'click') probe.clicks.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(...how) {
      super(...how);
      probe.sockets.add(this);
      this.addEventListener('close', () => probe.sockets.delete(this));
    }
  };
})();`;

const readings = z.object({
  /** Milliseconds since the Unix epoch; highest line painted; lines received and skipped so far; lag as the page says it. */
  paints: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number().nullable()])),
  longestTaskMs: z.number(),
  /** From the click to the next paint, ms; those below 16 ms are not told. */
  clicks: z.array(z.number()),
});
export type Readings = z.infer<typeof readings>;

export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(PROBE);
}

export async function readProbe(page: Page): Promise<Readings> {
  const text = await page.evaluate(
    'JSON.stringify({ paints: labProbe.paints, longestTaskMs: labProbe.longestTaskMs, clicks: labProbe.clicks })',
  );
  return readings.parse(JSON.parse(z.string().parse(text)));
}

/** What loading the page took is not the flood's doing. */
export async function forgetLongTasks(page: Page): Promise<void> {
  await page.evaluate('labProbe.longestTaskMs = 0');
}

export async function cutSockets(page: Page): Promise<void> {
  await page.evaluate('for (const socket of labProbe.sockets) socket.close(4000, "cut by the benchmark")');
}

const usage = z.object({ usedSize: z.number() });

/** After a collection, in MB. */
export async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return usage.parse(await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
}
