/** For tests: the panel as a process of its own on a free port, with a data folder that outlives its processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export class PanelProcess {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-panel-'));
  #child: ChildProcess | null = null;

  /** Starts the panel and collects what it says; `address` resolves with what it prints once it serves. */
  start(environment: Record<string, string> = {}, options: string[] = []) {
    const env = { ...process.env, LAB_DATA_DIR: this.dataDir, PORT: '0', ...environment };
    const panel = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...options], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = panel;
    let said = '';
    panel.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    const address = new Promise<string>((resolve, reject) => {
      createInterface({ input: panel.stdout }).on('line', (line) => {
        const found = /^Electrode Lab: (http:\S+)$/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
      panel.once('exit', () => reject(new Error(`the panel ended: ${said}`)));
    });
    address.catch(() => undefined);
    const exit = once(panel, 'exit').then(([code]) => code);
    return { panel, address, exit, said: () => said };
  }

  /** Ends what still runs and removes the folder. */
  remove(): void {
    this.#child?.kill('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
