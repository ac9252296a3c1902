import { type Browser, chromium } from '@playwright/test';
import { WebSocket } from 'ws';

/** Lets so many watch a run; returns their end. */
export type Watch = (url: string, id: string, viewers: number) => Promise<() => Promise<void>>;

const FILTER = { text: '', regex: false, inverse: false, level: 'notice', sources: [] };

/** What the run's page subscribes to. */
const subscriptions = (id: string) => [
  { path: 'runs.watch', input: { id } },
  { path: 'runs.latency', input: { id } },
  { path: 'logs.watch', input: { id, filter: FILTER } },
  { path: 'lab.overview' },
];

/** Sockets that listen to all a run's page listens to and throw it away: what remains is the cost of server and engine. */
export const watchBySocket: Watch = async (url, id, viewers) => {
  const sockets = await Promise.all(Array.from({ length: viewers }, () => openSocket(url, id)));
  return async () => {
    for (const socket of sockets) socket.close();
  };
};

async function openSocket(url: string, id: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/trpc`);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  subscriptions(id).forEach((params, at) => {
    socket.send(JSON.stringify({ id: at + 1, method: 'subscription', params }));
  });
  return socket;
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Pages of a real browser, each in a window of its own, so that none of them is a hidden tab. */
export function watchByChromium(browser: Browser): Watch {
  return async (url, id, viewers) => {
    const contexts = await Promise.all(
      Array.from({ length: viewers }, () => browser.newContext({ viewport: { width: 1280, height: 900 } })),
    );
    await Promise.all(
      contexts.map(async (context) => {
        const page = await context.newPage();
        await page.goto(`${url}/runs/${id}`);
      }),
    );
    return async () => {
      await Promise.all(contexts.map((context) => context.close()));
    };
  };
}
