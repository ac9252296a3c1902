/** Two stores on one engine: neither touches what the other has there. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunLabel } from '../domain/run';
import { projectOf, RUN_LABEL } from '../domain/run-label';
import { openTestLab, smallWorkload, type TestLab } from '../open-test-lab';

let ours: TestLab;
let theirs: TestLab;
const made = new Set<RunLabel>();

beforeAll(async () => {
  ours = await openTestLab();
  theirs = await openTestLab();
});
afterAll(async () => {
  for (const label of made) remove(label);
  await ours.remove();
  await theirs.remove();
});

/** A run that is over: launched into a queue that never moves, since it is stopped at once. */
async function finishedRun({ lab }: TestLab): Promise<{ id: string; label: RunLabel }> {
  const request = { scenario: 'scenario3', variant: 'baseline', workload: smallWorkload(), insist: false };
  const id = await lab.launch({ ...request, requestId: randomUUID() });
  await lab.stop(id);
  return { id, label: lab.view(id).config.label };
}

function docker(...args: string[]): string[] {
  return execFileSync('docker', args, { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** A container and a network as a teardown without an engine would leave them. */
function leaveBehind(label: RunLabel): void {
  made.add(label);
  const marked = ['--label', `${RUN_LABEL}=${label}`];
  docker('network', 'create', '--internal', ...marked, `${projectOf(label)}_lab`);
  docker('create', '--network', 'none', ...marked, 'debian:bookworm-slim', 'true');
}

function left(label: RunLabel): { containers: string[]; networks: string[] } {
  const filter = ['-q', '--filter', `label=${RUN_LABEL}=${label}`];
  return { containers: docker('ps', '-a', ...filter), networks: docker('network', 'ls', ...filter) };
}

function remove(label: RunLabel): void {
  const { containers, networks } = left(label);
  if (containers.length > 0) docker('rm', '--force', ...containers);
  if (networks.length > 0) docker('network', 'rm', ...networks);
}

const NOTHING = { containers: [], networks: [] };
const BOTH = { containers: [expect.any(String)], networks: [expect.any(String)] };

it('recovery removes the leftovers of its own finished run, and not those of the same run id of another store', async () => {
  const mine = await finishedRun(ours);
  const other = await finishedRun(theirs);
  expect(mine.id).toBe(other.id);
  expect(mine.label).not.toBe(other.label);
  leaveBehind(mine.label);
  leaveBehind(other.label);
  await ours.lab.recover();
  expect(left(mine.label)).toEqual(NOTHING);
  expect(left(other.label)).toEqual(BOTH);
  await theirs.lab.recover();
  expect(left(other.label)).toEqual(NOTHING);
});

it('recovery leaves alone what carries a label of no run of its store', async () => {
  const { label } = await finishedRun(ours);
  const unknown = label.replace(/\d+$/, '9999');
  leaveBehind(unknown);
  await ours.lab.recover();
  expect(left(unknown)).toEqual(BOTH);
});
