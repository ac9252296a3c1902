/** What a run goes through, in order. Each step waits for what engine or containers say, never for a time to pass. */
import { LabError } from '../domain/errors';
import type { Safety } from '../domain/fault';
import { judgeProof } from '../domain/judge-proof';
import { judgeSafety } from '../domain/judge-safety';
import type { ComposeLaunch } from '../domain/ports';
import type { Proof } from '../domain/proof';
import { keepCodes } from './bpf/own-codes';
import { takeSamples } from './bpf/take-samples';
import { watchingOf } from './bpf/watching-of';
import type { ClusterSession } from './cluster-session';
import type { ClusterWatch } from './cluster-watch';
import { clientFailure } from './explain-failure';
import type { LabPorts } from './lab-ports';
import type { LiveRun } from './live-run';
import { HostObserver } from './observe-host';
import { longestRunMs } from './run-deadline';

/** Leader election, peers answering, programs loaded: far more than it ever takes. */
const LEADER_TIMEOUT_MS = 30_000;
/** Late counters and checkpoints are waited for this long after the client's end. */
const DRAIN_MS = 1500;
/** The same where faults were done: whoever was away fetches what it missed, or recovers all of it. */
const CATCH_UP_MS = 10_000;
/** The end of the client's output after its exit. */
const CLIENT_OUTPUT_MS = 1500;

export async function runPhases(run: LiveRun, session: ClusterSession, launch: ComposeLaunch, ports: LabPorts): Promise<void> {
  const { watch } = session;
  const deadline = setTimeout(() => watch.fail(hung(run)), longestRunMs(run.config));
  try {
    await checkImages(run, launch, ports);
    await startContainers(run, session, launch, ports);
    watchingOf(run, ports).begin();
    if (run.config.clientFormat === 'lab') await releaseClient(run, session, ports);
    else await takeSamples(run, 'before_warmup', ports);
    const host = new HostObserver(run, watch, ports);
    await followClient(run, session, { host, ports });
    await closeWindow(run, session, { host, ports });
  } finally {
    clearTimeout(deadline);
  }
}

/** build: every image is there already, or the launch ends here. */
async function checkImages(run: LiveRun, { scenario }: ComposeLaunch, { engine }: LabPorts): Promise<void> {
  const own = run.config.variant.image;
  const images = [...new Set(own === null ? scenario.images : [...scenario.images, own])];
  const digests = await Promise.all(images.map((image) => engine.imageDigest(image)));
  const missing = images.find((_, index) => digests[index] === null);
  if (missing !== undefined) {
    throw new LabError('image_missing', `the image ${missing} is not on this engine`, {
      remedy: missing.startsWith('electrode-lab/replica') ? `docker build -t ${missing} ebpf` : `docker pull ${missing}`,
    });
  }
  const imageDigest = digests[own === null ? 0 : images.indexOf(own)] ?? null;
  run.change((view) => ({ ...view, imageDigest }));
  run.describe('build', `image ${imageDigest?.replace('sha256:', '').slice(0, 12) ?? 'unknown'}, cached`);
}

/** network and containers: Compose creates them, the engine's events tell how far it is. */
async function startContainers(
  run: LiveRun,
  session: ClusterSession,
  launch: ComposeLaunch,
  { composer }: LabPorts,
): Promise<void> {
  const { watch } = session;
  const { config } = run;
  run.enter('network', Date.now());
  let composed = false;
  const up = composer.up(launch, run.signal).then(
    () => {
      composed = true;
      watch.wake();
    },
    (error: unknown) => watch.fail(error),
  );
  try {
    await watch.until(() => watch.networkReady || composed, run.signal);
    run.enter('containers', Date.now());
    const services = [...config.replicas.map(({ service }) => service), config.clientService];
    const allStarted = () => services.every((service) => watch.started.has(service));
    await watch.until(() => allStarted() || composed, run.signal);
  } finally {
    // An aborted or failed `up` has to be over before anything is removed.
    if (run.signal.aborted || watch.failed) await up;
  }
  await session.reconcile();
  run.describe('containers', `${watch.started.size} containers`);
  run.enter('leader', Date.now());
}

/** leader: ready, inspected, and the client, which was held until now, let go. */
async function releaseClient(run: LiveRun, { watch, faults }: ClusterSession, ports: LabPorts): Promise<void> {
  const { config, signal } = run;
  if (!(await watch.until(() => watch.telemetry.leaderReady !== null, signal, LEADER_TIMEOUT_MS))) {
    const silent = watch.silentReplicas(Date.now(), 2000);
    throw new LabError(
      'leader_not_elected',
      `no leader within ${LEADER_TIMEOUT_MS / 1000} s; silent: ${silent.join(', ') || 'nobody'}`,
    );
  }
  const ready = watch.telemetry.leaderReady;
  run.describe('leader', `${ready?.leader ?? 'unknown'}, view ${ready?.view ?? 0}`);
  const sampled = takeSamples(run, 'before_warmup', ports);
  const clientEnded = () => watch.exits.has(config.clientService);
  await Promise.all([sampled, watch.until(() => watch.phaseAt('held') !== null || clientEnded(), signal, LEADER_TIMEOUT_MS)]);
  if (clientEnded()) return;
  await watchingOf(run, ports).ready();
  await faults.prepare();
  signal.throwIfAborted();
  const client = watch.containerIds.get(config.clientService);
  if (client !== undefined) await ports.engine.signal(client, 'SIGUSR1');
}

type Observers = { host: HostObserver; ports: LabPorts };

/** warmup, measuring, draining: the client says when each began; ends with the client. */
async function followClient(run: LiveRun, { watch, faults }: ClusterSession, { host, ports }: Observers): Promise<void> {
  const { config, signal } = run;
  const clientEnded = () => watch.exits.has(config.clientService);
  if (config.clientFormat === 'electrode') watch.foreignPhase('warmup', Date.now());
  for (const phase of ['warmup', 'measuring', 'draining'] as const) {
    await watch.until(() => watch.phaseAt(phase) !== null || clientEnded(), signal);
    const at = watch.phaseAt(phase);
    if (at === null) continue;
    if (phase === 'measuring') host.begin();
    if (phase === 'draining') host.end();
    noteFirstRequest(run, at);
    run.enter(phase, at);
    watchingOf(run, ports).entered(phase, at);
    if (phase === 'measuring') faults.begin(at);
    if (phase === 'draining') void faults.close();
  }
  await watch.until(clientEnded, signal);
  const exitCode = watch.exits.get(config.clientService) ?? null;
  const complete =
    config.clientFormat === 'electrode' || (await watch.until(() => hasSaidAll(watch), signal, CLIENT_OUTPUT_MS));
  if (exitCode !== 0 || !complete) {
    throw clientFailure(config, watch, exitCode, { now: Date.now(), standing: run.view().standing });
  }
  if (config.clientFormat === 'lab') await watch.until(() => hasJudged(watch), signal, CLIENT_OUTPUT_MS);
}

/** draining: the replicas' counters and checkpoints, the second look at eBPF and at its code, and the proof from all of it. */
async function closeWindow(run: LiveRun, { watch, faults }: ClusterSession, { host, ports }: Observers): Promise<void> {
  run.enter('draining', Date.now());
  await faults.close();
  faults.note();
  const { faults: done, deaths } = run.view();
  const drainMs = done.length + deaths.length > 0 ? CATCH_UP_MS : DRAIN_MS;
  if (run.config.clientFormat === 'lab') await watch.until(() => watch.allReported(), run.signal, drainMs);
  await host.concluded;
  await takeSamples(run, 'after_measuring', ports);
  await keepCodes(run, ports);
  run.signal.throwIfAborted();
  const proof = judgeProof(run.config.variant, watch.evidence(run.view().completed), run.view().faults);
  run.change((view) => ({ ...view, proof, offloadSoFar: proof.mechanism.verdict, safety: safetyOf(run, watch, proof) }));
}

/** Null for images that do not report. */
function safetyOf(run: LiveRun, { telemetry }: ClusterWatch, { sameLog }: Proof): Safety | null {
  if (run.config.clientFormat !== 'lab') return null;
  return judgeSafety(sameLog, telemetry.linearizability, run.view().faults);
}

function hasSaidAll({ telemetry: { noProgress, summary, history } }: ClusterWatch): boolean {
  return noProgress !== null || (summary !== null && history !== null);
}

/** Its last word; an image that judges no history ends without it. */
const hasJudged = ({ telemetry }: ClusterWatch) => telemetry.linearizability !== null;

function noteFirstRequest(run: LiveRun, at: number): void {
  run.change((view) => {
    if (view.launchToFirstRequestMs !== null || view.startedAt === null) return view;
    return { ...view, launchToFirstRequestMs: Math.max(0, Math.round(at - view.startedAt + run.preparedMs)) };
  });
}

function hung(run: LiveRun): LabError {
  const { state } = run.view();
  return new LabError('no_progress', `the run hung in phase ${state} for longer than its workload can take`, {
    remedy: 'Look at the last log lines, then launch again.',
  });
}
