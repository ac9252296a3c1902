import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, type Page } from '@playwright/test';

/** A panel of its own for each worker: a free port, an empty store, the project's scenarios unless told otherwise. */
export type Panel = { url: string; dataDir: string; pid: number };

type PanelOptions = { scenariosDir?: string; image?: string };

export async function startPanel(options: PanelOptions = {}): Promise<Panel & { stop: () => Promise<number | null> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-e2e-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      LAB_DATA_DIR: dataDir,
      ...(options.scenariosDir ? { LAB_SCENARIOS_DIR: options.scenariosDir } : {}),
      ...(options.image ? { LAB_IMAGE: options.image } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await printedAddress(child);
  const stop = () => endPanel(child, dataDir);
  return { url, dataDir, pid: child.pid ?? 0, stop };
}

/** The address that the server prints once it serves. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the panel ended with ${code} before it served`)));
    if (child.stdout === null) return reject(new Error('the panel has no stdout'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /https?:\/\/\S+/.exec(line)?.[0];
      if (address) resolve(address.replace(/\/$/, ''));
    });
  });
}

function endPanel(child: ChildProcess, dataDir: string): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      rmSync(dataDir, { recursive: true, force: true });
      resolve(code);
    });
    child.kill('SIGTERM');
  });
}

/**
 * Chromium drops what it is loading when Docker adds or removes an interface on this machine. The page has to cope, which the
 * rest of the test shows; the browser's own remark is no fault of the page.
 */
const INTERFACE_CHANGED = 'net::ERR_NETWORK_CHANGED';

/** Fails a test in which the page logged an error: a broken render or a refused request is never noise. */
function failOnConsoleErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes(INTERFACE_CHANGED)) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

/** Opens pages again when the browser dropped the navigation for that reason. */
function reopenWhenDropped(page: Page): void {
  const open = page.goto.bind(page);
  page.goto = async (...where) => {
    try {
      return await open(...where);
    } catch (error) {
      if (!String(error).includes(INTERFACE_CHANGED)) throw error;
      return open(...where);
    }
  };
}

export const test = base.extend<{ consoleErrors: string[] }, { panel: Panel }>({
  panel: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the destructured form
    async ({}, use) => {
      const panel = await startPanel();
      await use(panel);
      await panel.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ panel }, use) => use(panel.url),
  consoleErrors: [
    async ({ page }, use) => {
      reopenWhenDropped(page);
      const errors = failOnConsoleErrors(page);
      await use(errors);
      if (errors.length > 0) throw new Error(`the page logged errors:\n${errors.join('\n')}`);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
