/** The dashboard killed with -9 in the middle of an experiment: after the restart it goes on, and nothing counts twice. */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ExperimentPlan } from './domain/experiment/experiment';
import { smallWorkload } from './open-test-lab';
import { PanelProcess } from './panel-process';

const built = existsSync(join(fileURLToPath(new URL('..', import.meta.url)), '.next', 'BUILD_ID'));

let process: PanelProcess;

beforeEach(() => {
  process = new PanelProcess();
});
afterEach(() => process.remove());

const plan: ExperimentPlan = {
  title: 'Twenty runs',
  question: 'Does it survive?',
  scenarios: ['scenario3'],
  variants: ['baseline', 'tc_broadcast'],
  // Long enough that the kill meets a run that measures.
  workloads: [smallWorkload({ amount: { kind: 'seconds', seconds: 1 }, warmupSeconds: 0.2 })],
  pairs: 10,
  retriesPerPair: 0,
  seed: 1,
  insist: false,
};

const created = z.object({ result: z.object({ data: z.object({ id: z.string() }) }) });
const run = z.object({
  runId: z.string(),
  pair: z.number(),
  attempt: z.number(),
  side: z.number(),
  state: z.string(),
  verdict: z.string().nullable(),
  figures: z.object({ p50: z.number().nullable() }),
});
const viewed = z.object({
  result: z.object({
    data: z.object({
      record: z.object({ state: z.string() }),
      progress: z.object({ pairsCounted: z.number() }),
      runs: z.array(run),
      running: z.object({ phase: z.string() }).nullable(),
    }),
  }),
});

async function create(address: string): Promise<string> {
  const response = await fetch(`${address}/api/trpc/experiments.create`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: address },
    body: JSON.stringify({ plan, requestId: randomUUID() }),
  });
  return created.parse(await response.json()).result.data.id;
}

async function look(address: string, id: string) {
  const input = encodeURIComponent(JSON.stringify({ id }));
  return viewed.parse(await (await fetch(`${address}/api/trpc/experiments.get?input=${input}`)).json()).result.data;
}

describe.skipIf(!built)('a panel (skipped without a build of the web app)', () => {
  it('killed with -9 in the middle of 20 runs goes on after its restart; nothing is lost, nothing counts twice', async () => {
    const first = process.start();
    const address = await first.address;
    const id = await create(address);
    const inTheMiddle = async () => {
      const { runs, running } = await look(address, id);
      return runs.filter(({ state }) => state === 'done').length >= 5 && running?.phase === 'measuring';
    };
    await expect.poll(inTheMiddle, { timeout: 90_000, interval: 50 }).toBe(true);
    const before = await look(address, id);
    first.panel.kill('SIGKILL');
    await first.exit;

    const second = process.start();
    const again = await second.address;
    await expect.poll(async () => (await look(again, id)).record.state, { timeout: 150_000, interval: 500 }).toBe('done');
    const after = await look(again, id);
    // What was measured before is there, to the digit.
    const finished = before.runs.filter(({ state }) => state === 'done');
    for (const kept of finished) expect(after.runs).toContainEqual(kept);
    expect(after.runs.filter(({ state }) => state === 'interrupted')).toHaveLength(1);
    // No run stands in two places, and no place holds two runs.
    expect(new Set(after.runs.map(({ runId }) => runId)).size).toBe(after.runs.length);
    const places = after.runs.map(({ pair, attempt, side }) => `${pair}/${attempt}/${side}`);
    expect(new Set(places).size).toBe(places.length);
    // The newest attempt at each pair is whole, unless the gates left its first run out: a machine may be busy.
    const pairs = Array.from({ length: plan.pairs }, (_, at) => after.runs.filter(({ pair }) => pair === at + 1));
    const newest = pairs.map((own) => own.filter(({ attempt }) => attempt === Math.max(...own.map((each) => each.attempt))));
    const whole = newest.filter((own) => own.length === 2);
    expect(newest.filter((own) => own.length !== 2).every(([only]) => only?.verdict !== 'valid')).toBe(true);
    const counted = whole.filter((own) => own.every(({ verdict }) => verdict === 'valid'));
    expect(after.progress.pairsCounted).toBe(counted.length);
    second.panel.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  }, 300_000);
});
