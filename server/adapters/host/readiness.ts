import { statfs } from 'node:fs/promises';
import { LabError } from '@/server/domain/errors';
import type { HostFacts, Readiness, ReadinessCheck } from '@/server/domain/host';
import { describeBytes, freeSpaceCheck } from './free-space';

type EngineFacts = Omit<HostFacts, 'compose'>;

export type ReadinessOptions = {
  engine: {
    facts(): Promise<EngineFacts>;
    imageDigest(image: string): Promise<string | null>;
    dataRoot(): Promise<string>;
  };
  composer: { version(): Promise<string> };
  /** Where the store is. */
  dataDir: string;
  /** The replicas' image, as the scenarios name it. */
  image: string;
  /** Replicas of the largest scenario. */
  replicasMax: number;
};

/** What this machine has and lacks, each with the command that mends it. Never throws for what is missing. */
export async function checkReadiness(options: ReadinessOptions): Promise<Readiness> {
  const [engine, compose, disk] = await Promise.all([checkEngine(options), checkCompose(options), checkDisk(options)]);
  const image = engine.facts === null ? [] : [await checkImage(options)];
  const host = engine.facts === null ? [] : checkHost(engine.facts, options.replicasMax);
  const checks = [engine.check, compose, ...host, ...image, disk];
  return { checkedAt: Date.now(), canLaunch: checks.every((check) => check.state !== 'fail'), checks };
}

async function checkEngine({ engine }: ReadinessOptions): Promise<{ check: ReadinessCheck; facts: EngineFacts | null }> {
  const title = 'Docker Engine';
  try {
    const facts = await engine.facts();
    const detail = `${facts.os}, ${facts.storageDriver}, ${describeBytes(facts.memoryBytes)} of memory`;
    return { check: { id: 'engine', title, state: 'pass', value: facts.engine, detail, command: null }, facts };
  } catch (cause) {
    return { check: failed('engine', title, 'not reached', cause), facts: null };
  }
}

async function checkCompose({ composer }: ReadinessOptions): Promise<ReadinessCheck> {
  const title = 'Docker Compose';
  try {
    const value = await composer.version();
    if (/^v?[01]\./.test(value)) {
      const detail = 'Version 1 pulls missing images and knows no `name:`; version 2 is needed.';
      return { id: 'compose', title, state: 'fail', value, detail, command: 'npm start' };
    }
    return { id: 'compose', title, state: 'pass', value, detail: 'launches the scenarios', command: null };
  } catch (cause) {
    return failed('compose', title, 'missing', cause);
  }
}

async function checkImage({ engine, image }: ReadinessOptions): Promise<ReadinessCheck> {
  const title = 'Replica image';
  try {
    const digest = await engine.imageDigest(image);
    if (digest !== null) {
      const value = digest.replace('sha256:', '').slice(0, 12);
      return { id: 'image', title, state: 'pass', value, detail: image, command: null };
    }
    const detail = `${image} is not on this engine; no scenario of the lab can be launched without it.`;
    return { id: 'image', title, state: 'fail', value: 'missing', detail, command: `docker build -t ${image} ebpf` };
  } catch (cause) {
    return failed('image', title, 'unknown', cause);
  }
}

function checkHost(facts: EngineFacts, replicasMax: number): ReadinessCheck[] {
  return [checkKernel(facts), checkBtf(facts), checkBpfStats(facts), checkCpu(facts, replicasMax)];
}

/** TC egress programs, ring buffers and bpf_clone_redirect in a loop: what the oldest tried kernel (5.8, the paper's) has. */
function checkKernel({ kernel }: EngineFacts): ReadinessCheck {
  const [major = 0, minor = 0] = kernel.split('.').map((part) => Number.parseInt(part, 10));
  const known = major > 5 || (major === 5 && minor >= 8);
  const detail = known ? 'runs TC egress programs with clones' : 'Electrode needs 5.8 or newer; the offload may not load.';
  return {
    id: 'kernel',
    title: 'Kernel',
    state: known ? 'pass' : 'note',
    value: kernel,
    detail,
    command: known ? null : 'uname -r',
  };
}

function checkBtf({ btf, cpuModel }: EngineFacts): ReadinessCheck {
  const title = 'Kernel BTF';
  if (btf) return { id: 'btf', title, state: 'pass', value: 'present', detail: '/sys/kernel/btf/vmlinux', command: null };
  const elsewhere = cpuModel.startsWith('unknown');
  const detail = elsewhere
    ? 'The engine is on another machine; whether its kernel has BTF can only be seen there.'
    : 'Programs still load; bpftool shows less of their maps.';
  const command = 'ls -l /sys/kernel/btf/vmlinux';
  return { id: 'btf', title, state: 'note', value: elsewhere ? 'unknown' : 'absent', detail, command };
}

function checkBpfStats({ bpfStats }: EngineFacts): ReadinessCheck {
  const title = 'BPF run statistics';
  if (bpfStats === true) {
    const detail = 'Run counts and times are shown; they cost about 20 ns per program run.';
    return { id: 'bpf_stats', title, state: 'note', value: 'on', detail, command: 'sysctl kernel.bpf_stats_enabled=0' };
  }
  const detail = 'Run counts and times of programs are not shown; the proof of offload does not need them.';
  const value = bpfStats === null ? 'unknown' : 'off';
  return { id: 'bpf_stats', title, state: 'note', value, detail, command: 'sysctl kernel.bpf_stats_enabled=1' };
}

function checkCpu({ cores, cpuModel, governor, load1 }: EngineFacts, replicasMax: number): ReadinessCheck {
  const value = cores === 1 ? '1 core' : `${cores} cores`;
  const machine = `${cpuModel}, governor ${governor ?? 'unknown'}, load ${load1.toFixed(2)}`;
  if (cores > replicasMax) return { id: 'cpu', title: 'CPU', state: 'pass', value, detail: machine, command: null };
  const detail = `${machine}. ${replicasMax} replicas and a client share them: latencies show the waiting.`;
  return { id: 'cpu', title: 'CPU', state: 'note', value, detail, command: null };
}

async function checkDisk({ dataDir, engine }: ReadinessOptions): Promise<ReadinessCheck> {
  // The engine's own check says what is wrong if it can't be asked.
  const dockerRoot = await engine.dataRoot().catch(() => null);
  return freeSpaceCheck(dockerRoot === null ? [dataDir] : [dataDir, dockerRoot], statfs);
}

function failed(id: ReadinessCheck['id'], title: string, value: string, cause: unknown): ReadinessCheck {
  const detail = cause instanceof Error ? cause.message : String(cause);
  const command = cause instanceof LabError ? cause.remedy : null;
  return { id, title, state: 'fail', value, detail, command };
}
