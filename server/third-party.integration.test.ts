/** A compose folder that knows nothing of the lab: it launches and streams unchanged, and its own words give the figures. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_FILTER } from './domain/log-filter';
import { openTestLab, smallWorkload, type TestLab, untilOver } from './open-test-lab';

let open: TestLab;
let scenariosDir: string;

const WARMUP_DONE =
  '20261023-055511-1187 19223 * WarmupDone      (benchmark.cc:79):  Completed warmup period of 1 seconds with 4086 requests';
const FIGURES = [
  '20261023-055513-1527 19223 * Finish          (benchmark.cc:156): Completed 10000 requests in 2.033928 seconds',
  '20261023-055514-1524 19223 * CooldownDone    (benchmark.cc:96):  Median latency is 168790 ns (168 us)',
  '20261023-055514-1524 19223 * CooldownDone    (benchmark.cc:100): 90th percentile latency is 239575 ns (239 us)',
  '20261023-055514-1524 19223 * CooldownDone    (benchmark.cc:104): 95th percentile latency is 300000 ns (300 us)',
  '20261023-055514-1524 19223 * CooldownDone    (benchmark.cc:108): 99th percentile latency is 705355 ns (705 us)',
];

/** Replicas that wait, and a client that says what the original's says. */
function compose(client: string[], replica: string): string {
  const replicaService = { image: 'electrode-lab/replica:dev', command: ['sh', '-c', replica] };
  const clientService = { image: 'electrode-lab/replica:dev', command: ['sh', '-c', client.join('\n')] };
  return JSON.stringify({
    services: { replica1: replicaService, replica2: replicaService, replica3: replicaService, client: clientService },
  });
}

beforeAll(async () => {
  scenariosDir = mkdtempSync(join(tmpdir(), 'electrode-lab-third-'));
  const say = (line: string) => `echo '${line}' >&2`;
  const wait = 'trap "exit 0" TERM; while :; do sleep 0.1; done';
  add('original', compose(['sleep 0.3', say(WARMUP_DONE), 'sleep 0.3', ...FIGURES.map(say)], wait));
  add('crashing', compose(['trap "exit 0" TERM; while :; do sleep 0.1; done'], 'sleep 1; kill -SEGV $$'));
  open = await openTestLab({ scenariosDir });
});

afterAll(async () => {
  await open.remove();
  rmSync(scenariosDir, { recursive: true, force: true });
});

function add(name: string, text: string): void {
  mkdirSync(join(scenariosDir, name));
  writeFileSync(join(scenariosDir, name, 'docker-compose.yaml'), text);
}

async function run(scenario: string) {
  const { scenarios } = await open.lab.catalogue();
  const variant = scenarios.find(({ name }) => name === scenario)?.variants[0]?.name ?? 'none';
  const request = { scenario, variant, workload: smallWorkload(), insist: false, requestId: randomUUID() };
  return untilOver(open, await open.lab.launch(request));
}

describe('a folder without x-lab', () => {
  it('is measured by what its client prints, and its offload is said to be unknown', async () => {
    const view = await run('original');
    expect(view.error).toBeNull();
    expect(view).toMatchObject({ state: 'done', completed: 10_000, removed: '4 containers, 1 network' });
    expect(view.latency).toMatchObject({ n: 10_000, p50Ns: 168_790, p99Ns: 705_355, meanNs: null });
    expect(view.proof).toMatchObject({ mechanism: { verdict: 'unknown' }, sameLog: { verdict: 'unknown' } });
    expect(view.phases.map(({ phase }) => phase)).toContain('measuring');
    const { lines } = await open.lab.logs.chunk(view.config.id, NO_FILTER, 0);
    expect(lines.some(({ source, text }) => source === 'client' && text === FIGURES[0])).toBe(true);
  });

  it('whose replicas crash fails by name instead of hanging', async () => {
    const view = await run('crashing');
    expect(view.state).toBe('failed');
    expect(view.error?.service).toMatch(/^replica\d$/);
    expect(view.removed).toBe('4 containers, 1 network');
  });
});
