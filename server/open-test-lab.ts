/** A lab of its own for one integration test: real engine, own store, and ways to wait for what a run does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isOver, RUN_PHASES, type RunId, type RunPhase, type RunView } from './domain/run';
import { WORKLOAD_DEFAULT, type Workload } from './domain/workload';
import { type LabEnv, readEnv } from './env';
import { type OpenLab, openLab } from './open-lab';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

export type TestLab = OpenLab & { env: LabEnv; dataDir: string; remove(): Promise<void> };

export async function openTestLab(change: Partial<LabEnv> = {}): Promise<TestLab> {
  const dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-test-'));
  const env = { ...readEnv(ROOT), dataDir, ...change };
  const open = await openLab(env, 'lab');
  const remove = async () => {
    await open.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { ...open, env, dataDir, remove };
}

/** Small enough for a test, large enough for every interval and counter to be there. */
export function smallWorkload(change: Partial<Workload> = {}): Workload {
  return { ...WORKLOAD_DEFAULT, amount: { kind: 'requests', requests: 3000 }, warmupSeconds: 0.3, ...change };
}

/** The first view in this phase or any later one, the end included. */
export async function reach({ lab }: OpenLab, id: RunId, phase: RunPhase): Promise<RunView> {
  const wanted = RUN_PHASES.indexOf(phase);
  for await (const view of views(lab, id)) {
    if (isOver(view.state) || RUN_PHASES.indexOf(view.state) >= wanted) return view;
  }
  return lab.view(id);
}

/** The last view. */
export async function untilOver({ lab }: OpenLab, id: RunId): Promise<RunView> {
  let last = lab.view(id);
  for await (const view of views(lab, id)) last = view;
  return last;
}

async function* views(lab: OpenLab['lab'], id: RunId): AsyncGenerator<RunView, void, unknown> {
  const stop = new AbortController();
  try {
    const listener = { signal: stop.signal, isCongested: () => false };
    for await (const { value } of lab.watchView(id, listener)) yield value;
  } finally {
    stop.abort();
  }
}
