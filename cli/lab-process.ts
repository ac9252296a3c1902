/** For tests: the `lab` command as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export type Ended = { code: unknown; out: string; err: string };

export type LabProcess = {
  environment: Record<string, string>;
  /** A command that runs the process with fewer rights than this one has. */
  wrapper?: string[];
  /** Sees stderr as it grows and may act on the process. */
  onText?: (err: string, child: ChildProcess) => void;
};

/** Runs `lab` to its end. */
export async function runLab(args: string[], { environment, wrapper = [], onText }: LabProcess): Promise<Ended> {
  const [file = '', ...argv] = [...wrapper, process.execPath, '--import', 'tsx', 'cli/lab.ts', ...args];
  const env = { ...process.env, ...environment };
  const child = spawn(file, argv, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said.out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.err += chunk;
    onText?.(said.err, child);
  });
  const [code] = await once(child, 'close');
  return { code, ...said };
}
