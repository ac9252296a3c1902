/** Runs on the real engine while somebody watches their eBPF. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BpfWatchView, PeerRow } from './domain/bpf-watch';
import type { Observe } from './domain/observation';
import type { RunId, RunView } from './domain/run';
import { RUN_LABEL } from './domain/run-label';
import type { GateId } from './domain/validity/validity';
import { openTestLab, reach, smallWorkload, type TestLab, untilOver } from './open-test-lab';
import { PanelProcess } from './panel-process';

const built = existsSync(join(fileURLToPath(new URL('..', import.meta.url)), '.next', 'BUILD_ID'));

let open: TestLab;
const panel = new PanelProcess();

beforeAll(async () => {
  open = await openTestLab();
});
afterAll(async () => {
  panel.remove();
  await open.remove();
});
afterEach(async () => {
  for (const { id } of open.lab.list({ limit: 5, state: 'unfinished' }).rows) await open.lab.stop(id);
});

function launch(options: { seconds: number; warmupSeconds?: number; observe?: Observe }): Promise<RunId> {
  const { seconds, warmupSeconds = 2, observe } = options;
  const workload = smallWorkload({ amount: { kind: 'seconds', seconds }, warmupSeconds });
  const request = { scenario: 'scenario3', variant: 'tc_broadcast', workload, insist: false, requestId: randomUUID() };
  return open.lab.launch({ ...request, ...(observe === undefined ? {} : { observe }) });
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const containerOf = (id: RunId, service: string) => `${open.lab.view(id).config.project}-${service}-1`;
const containersOf = (label: string) => docker('ps', '-aq', '--filter', `label=${RUN_LABEL}=${label}`).trim();
const gateOf = ({ validity }: RunView, id: GateId) => validity?.gates.find((gate) => gate.id === id);

/** Follows until a view is as wanted; fails if the run ends before. */
async function watchUntil(
  id: RunId,
  wanted: (view: BpfWatchView) => boolean | Promise<boolean>,
  { lab } = open,
): Promise<BpfWatchView> {
  const stop = new AbortController();
  const seen: BpfWatchView[] = [];
  try {
    for await (const { value } of lab.bpf.watch(id, { signal: stop.signal, isCongested: () => false })) {
      seen.push(value);
      if (await wanted(value)) return value;
    }
    throw new Error(`the run ended before: ${JSON.stringify(seen.at(-1))}`);
  } finally {
    stop.abort();
  }
}

/** Every view to the end of the run. */
function watchAll(id: RunId): { views: BpfWatchView[]; done: Promise<void> } {
  const views: BpfWatchView[] = [];
  const listener = { signal: new AbortController().signal, isCongested: () => false };
  const follow = async () => {
    for await (const { value } of open.lab.bpf.watch(id, listener)) views.push(value);
  };
  return { views, done: follow() };
}

const ownOf = (view: BpfWatchView) => view.replicas.map(({ name, programs }) => [name, programs.length]);
const ONE_EACH = [
  ['replica1', 1],
  ['replica2', 1],
  ['replica3', 1],
];
const isWhole = (view: BpfWatchView) => JSON.stringify(ownOf(view)) === JSON.stringify(ONE_EACH);

function peersOf(view: BpfWatchView, replica: string): PeerRow[] {
  const map = view.replicas.find(({ name }) => name === replica)?.maps.find(({ kind }) => kind === 'peers');
  return map?.kind === 'peers' ? map.rows : [];
}

describe('a run that somebody watches', () => {
  it('shows every replica’s program, is held off while it measures, is suspect, and keeps all of it', async () => {
    const id = await launch({ seconds: 2 });
    const { views, done } = watchAll(id);
    const over = await untilOver(open, id);
    await done;
    expect(over).toMatchObject({ state: 'done', removed: '4 containers, 1 network', error: null });
    expect(containersOf(over.config.label)).toBe('');
    expect(views.some(isWhole)).toBe(true);
    expect(views.at(-1)?.problem).toContain('is over');
    expect(new Set(views.map(({ statistics }) => statistics))).toEqual(new Set(['off', 'on', 'held_off']));
    const measuring = over.phases.find(({ phase }) => phase === 'measuring');
    const inside = views.filter(({ at }) => at !== null && at > (measuring?.startedAt ?? 0) && at < (measuring?.endedAt ?? 0));
    expect(inside.length).toBeGreaterThan(1);
    expect(new Set(inside.map(({ statistics }) => statistics))).toEqual(new Set(['held_off']));
    expect(over.observations).toEqual([{ kind: 'bpf_watch', fromMs: 0, toMs: expect.any(Number) }]);
    expect(over.observations[0]?.toMs).toBe((measuring?.endedAt ?? 0) - (measuring?.startedAt ?? 0));
    expect(gateOf(over, 'inspected')).toMatchObject({ state: 'suspect', value: 'watcher' });

    const { series, lives } = open.lab.bpf.series(id);
    expect(series.map(({ replica, name }) => [replica, name])).toEqual(
      ['replica1', 'replica2', 'replica3'].map((replica) => [replica, 'lab_broadcast']),
    );
    for (const { at, runCnt, runTimeNs } of series) {
      expect(at.length).toBeGreaterThan(5);
      expect([runCnt.length, runTimeNs.length]).toEqual([at.length, at.length]);
    }
    expect(series[0]?.runCnt.at(-1)).toBeGreaterThan(0);
    expect(lives.map(({ replica, gone }) => [replica, gone])).toEqual(
      ['replica1', 'replica2', 'replica3'].map((replica) => [replica, false]),
    );
    const codes = open.lab.bpf.codes(id);
    expect(codes.map(({ replica, problem }) => [replica, problem])).toEqual(
      ['replica1', 'replica2', 'replica3'].map((replica) => [replica, null]),
    );
    expect(codes[0]?.lines.filter(({ kind }) => kind === 'source').length).toBeGreaterThan(50);
    // Later readers get what is left, at once.
    const late = watchAll(id);
    await late.done;
    expect(late.views).toHaveLength(1);
    expect(late.views[0]).toMatchObject({ problem: expect.stringContaining('is over') });
    await expect(open.lab.bpf.setStatistics(id, { on: true, insist: true })).rejects.toMatchObject({ code: 'run_over' });
  });

  it('and who insists has statistics inside the window, which the run then says', async () => {
    const id = await launch({ seconds: 4 });
    await reach(open, id, 'measuring');
    await watchUntil(id, async (view) => {
      if (view.statistics === 'held_off') await open.lab.bpf.setStatistics(id, { on: true, insist: true });
      return view.replicas.some(({ programs }) => programs.some(({ runsPerS }) => (runsPerS ?? 0) > 1000));
    });
    const over = await untilOver(open, id);
    expect(new Set(over.observations.map(({ kind }) => kind))).toEqual(new Set(['bpf_watch', 'bpf_statistics']));
    expect(gateOf(over, 'inspected')).toMatchObject({ state: 'suspect', value: 'watcher, statistics' });
  });

  it('before and behind the window alone stays as it was', async () => {
    const id = await launch({ seconds: 2, warmupSeconds: 8 });
    await watchUntil(id, (view) => isWhole(view) && view.statistics === 'on');
    const over = await untilOver(open, id);
    expect(over.observations).toEqual([]);
    expect(gateOf(over, 'inspected')).toMatchObject({ state: 'pass' });
  });
});

describe('a run that asks for statistics', () => {
  it('has them over its whole window, watched or not, and names them', async () => {
    const id = await launch({ seconds: 2, observe: { bpfStatistics: true, trace: false } });
    const over = await untilOver(open, id);
    const windowMs = (over.phases.find(({ phase }) => phase === 'draining')?.startedAt ?? 0) - startOf(over);
    for (const kind of ['bpf_watch', 'bpf_statistics'] as const) {
      expect(over.observations).toContainEqual({ kind, fromMs: 0, toMs: windowMs });
    }
    expect(gateOf(over, 'inspected')).toMatchObject({ state: 'note', value: expect.stringContaining('statistics') });
    const [leader] = open.lab.bpf.series(id).series;
    const inside = leader?.at.flatMap((at, index) => (at > startOf(over) ? [leader.runCnt[index] ?? 0] : [])) ?? [];
    expect(inside.at(-1)).toBeGreaterThan((inside[0] ?? 0) + 1000);
    expect(containersOf(over.config.label)).toBe('');
  });

  const startOf = ({ phases }: RunView) => phases.find(({ phase }) => phase === 'measuring')?.startedAt ?? 0;
});

describe('what is written by hand', () => {
  it('into a peer map drifts within a second, named by field, from the first look that shows it', async () => {
    const id = await launch({ seconds: 10 });
    await reach(open, id, 'warmup');
    let writtenAt = 0;
    let firstLookAt = 0;
    const view = await watchUntil(id, (seen) => {
      if (writtenAt > 0 && firstLookAt === 0 && (seen.at ?? 0) > writtenAt) firstLookAt = seen.at ?? 0;
      const [, , third] = peersOf(seen, 'replica1');
      const map = seen.replicas[0]?.maps.find(({ name }) => name === 'peers');
      if (writtenAt === 0 && third !== undefined && map !== undefined && third.drift.length === 0) {
        const value = [...third.ip.split('.').map(Number), 0x30, 0x39, 2, 0x42, 0xde, 0xad, 0xbe, 0xef, 1, 0, 0, 0].map(String);
        const place = ['map', 'update', 'id', String(map.id), 'key', '3', '0', '0', '0', 'value', ...value];
        docker('exec', containerOf(id, 'replica1'), 'bpftool', ...place);
        writtenAt = Date.now();
      }
      return writtenAt > 0 && peersOf(seen, 'replica1').some(({ drift }) => drift.length > 0);
    });
    const [, second, third] = peersOf(view, 'replica1');
    expect(third).toMatchObject({ replica: 'replica3', mac: '02:42:de:ad:be:ef', drift: ['mac'] });
    expect(third?.expected?.mac).toBe(third?.neighbourMac);
    expect(second?.drift).toEqual([]);
    // The first look behind the writing shows it at the latest, and a look comes every half second.
    expect(view.everyMs).toBe(500);
    if (firstLookAt > 0) expect(third?.driftedSince).toBeLessThanOrEqual(firstLookAt);
    expect(peersOf(view, 'replica2').flatMap(({ drift }) => drift)).toEqual([]);
  });

  it('bpftool prog show by hand and in the lab is the same, byte for byte, while nothing counts or loads', async () => {
    const id = await launch({ seconds: 6 });
    await reach(open, id, 'measuring');
    for (const replica of ['replica1', 'replica2']) {
      const { verbatim } = await open.lab.bpf.sampleNow(id, replica);
      expect(verbatim).toBe(docker('exec', containerOf(id, replica), 'bpftool', 'prog', 'show'));
      expect(verbatim).toContain('lab_broadcast');
    }
    const codes = await open.lab.bpf.readCodes(id, 'replica3');
    expect(codes).toMatchObject([{ replica: 'replica3', problem: null }]);
    expect(open.lab.bpf.codes(id)).toEqual(codes);
  });
});

describe('a third party’s run', () => {
  it('is watched as well: its image needs no tool of ours', async () => {
    const scenariosDir = mkdtempSync(join(tmpdir(), 'electrode-lab-third-'));
    const wait = { image: 'debian:bookworm-slim', command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done'] };
    mkdirSync(join(scenariosDir, 'foreign'));
    const services = { replica1: wait, replica2: wait, replica3: wait, client: wait };
    writeFileSync(join(scenariosDir, 'foreign', 'docker-compose.yaml'), JSON.stringify({ services }));
    const third = await openTestLab({ scenariosDir });
    try {
      const [scenario] = (await third.lab.catalogue()).scenarios;
      const request = {
        scenario: 'foreign',
        variant: scenario?.variants[0]?.name ?? '',
        workload: smallWorkload(),
        insist: false,
      };
      const id = await third.lab.launch({ ...request, requestId: randomUUID() });
      const view = await watchUntil(id, ({ at }) => at !== null, third);
      expect(view.replicas.map(({ name, programs, problem }) => [name, programs, problem])).toEqual(
        ['replica1', 'replica2', 'replica3'].map((name) => [name, [], null]),
      );
      await expect(third.lab.stop(id)).resolves.toBe('4 containers, 1 network');
    } finally {
      await third.remove();
      rmSync(scenariosDir, { recursive: true, force: true });
    }
  });
});

describe('a replica that comes back', () => {
  it('is watched again, under its new process', async () => {
    const id = await launch({ seconds: 12 });
    await reach(open, id, 'warmup');
    let before = 0;
    const view = await watchUntil(id, (seen) => {
      const [program] = seen.replicas[2]?.programs ?? [];
      if (before === 0 && program !== undefined) {
        before = program.id;
        docker('kill', containerOf(id, 'replica3'));
        docker('start', containerOf(id, 'replica3'));
      }
      return before > 0 && program !== undefined && program.id !== before;
    });
    expect(view.replicas[2]).toMatchObject({ problem: null });
    const { lives } = open.lab.bpf.series(id);
    expect(lives.filter(({ replica }) => replica === 'replica3').map(({ gone }) => gone)).toEqual([true, false]);
  });
});

describe.skipIf(!built)('a panel that is killed while it watches (needs npm run build)', () => {
  it('leaves a watcher behind that the next sweep removes, with the rest of the run', async () => {
    const started = panel.start();
    const address = await started.address;
    const input = {
      ...{ scenario: 'scenario3', variant: 'tc_broadcast', insist: false, requestId: randomUUID() },
      workload: smallWorkload({ amount: { kind: 'seconds', seconds: 30 } }),
      observe: { bpfStatistics: true, trace: false },
    };
    const body = JSON.stringify(input);
    const headers = { 'Content-Type': 'application/json', Origin: address };
    const launched = await fetch(`${address}/api/trpc/runs.launch`, { method: 'POST', headers, body });
    expect(launched.status).toBe(200);
    const watcher = () => docker('ps', '-q', '--filter', 'label=electrode-lab.role=watcher').trim();
    await expect.poll(watcher, { timeout: 30_000, interval: 100 }).not.toBe('');
    const label = docker('inspect', '-f', `{{index .Config.Labels "${RUN_LABEL}"}}`, watcher()).trim();
    started.panel.kill('SIGKILL');
    await started.exit;
    expect(containersOf(label).split('\n').length).toBeGreaterThan(1);
    const next = await openTestLab({ dataDir: panel.dataDir });
    await next.lab.recover();
    expect(containersOf(label)).toBe('');
    await next.remove();
  });
});
