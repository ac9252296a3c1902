import { LabError } from '@/server/domain/errors';
import type { HostFacts } from '@/server/domain/host';
import type { Engine, EngineContainer, EngineEvent, RawLine } from '@/server/domain/ports';
import type { RunLabel } from '@/server/domain/run';
import { readLocalFacts } from '../host/host-facts';
import type { BesideSpec } from './beside-container';
import type { ContainerExec, ExecResult } from './container-exec';
import { connectEngine, type EngineClients } from './engine-client';
import { statusOf, toLabError } from './engine-errors';
import { followEvents } from './engine-events';
import { execInContainer } from './exec';
import { type FaultContainer, type FaultHost, startFaultContainer } from './fault-container';
import { followLogs } from './follow-logs';
import { FrameReader, TerminalReader } from './frames';
import { LineJoiner } from './log-lines';
import {
  describeContainers,
  listActiveRuns,
  listRunContainers,
  listRunLabels,
  listRunNetworks,
  removeRunObjects,
} from './run-objects';
import { startWatcherContainer, type WatcherContainer, type WatcherHost } from './watcher-container';

/** Longer than the short client's own timeout, which misses an answer that is cut after its header. */
const CALL_DEADLINE_MS = 30_000;

/**
 * The Docker Engine of this host. Every failure is a LabError: engine_absent or engine_denied from facts, imageDigest,
 * activeRuns and dataRoot; engine_lost from what only a live run calls.
 */
export class DockerEngine implements Engine, ContainerExec, WatcherHost, FaultHost {
  private readonly clients: EngineClients;

  /** dockerHost: value of DOCKER_HOST, if set. Throws LabError engine_absent if it can't be an address. */
  constructor(options: { dockerHost?: string } = {}) {
    this.clients = connectEngine(options.dockerHost);
  }

  facts(): Promise<Omit<HostFacts, 'compose'>> {
    return this.call('describe itself', false, async () => {
      const info = await this.clients.short.info();
      const local = await readLocalFacts(info.KernelVersion);
      return {
        ...local,
        kernel: info.KernelVersion,
        cores: info.NCPU,
        memoryBytes: info.MemTotal,
        engine: info.ServerVersion,
        storageDriver: info.Driver,
        os: info.OperatingSystem,
      };
    });
  }

  /** Where the Engine keeps images and containers, as a path on its host. */
  dataRoot(): Promise<string> {
    return this.call('describe itself', false, async () => (await this.clients.short.info()).DockerRootDir);
  }

  imageDigest(image: string): Promise<string | null> {
    return this.call(`inspect the image ${image}`, false, async () => {
      try {
        return (await this.clients.short.getImage(image).inspect()).Id;
      } catch (cause) {
        if (statusOf(cause) === 404) return null;
        throw cause;
      }
    });
  }

  containers(label: RunLabel): Promise<EngineContainer[]> {
    return this.call('list containers', true, async () =>
      describeContainers(this.clients.short, await listRunContainers(this.clients.short, label)),
    );
  }

  activeRuns(): Promise<RunLabel[]> {
    return this.call('list runs', false, () => listActiveRuns(this.clients.short));
  }

  labels(): Promise<RunLabel[]> {
    return this.call('list runs', false, () => listRunLabels(this.clients.short));
  }

  /** From the moment of this call, however late the first event is asked for. Aborting ends it quietly. */
  events(label: RunLabel, signal: AbortSignal): AsyncIterable<EngineEvent> {
    return followEvents(this.clients.follow, label, { address: this.clients.address, sinceMs: Date.now(), signal });
  }

  logs(containerId: string, signal: AbortSignal): AsyncIterable<RawLine[]> {
    return followLogs(this.clients.follow, containerId, this.clients.address, signal);
  }

  /** Empty if the container is gone. */
  lastLines(containerId: string, count: number): Promise<string[]> {
    return this.call('read log lines', true, async () => {
      try {
        const container = this.clients.short.getContainer(containerId);
        const { Config } = await container.inspect();
        const bytes = await container.logs({ stdout: true, stderr: true, timestamps: true, tail: count });
        const joiner = new LineJoiner();
        const frames = (Config.Tty ? new TerminalReader() : new FrameReader()).push(bytes);
        const lines = [...frames.flatMap((frame) => joiner.push(frame)), ...joiner.flush()];
        return lines
          .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
          .slice(-count)
          .map((line) => line.text);
      } catch (cause) {
        const status = statusOf(cause);
        if (status === 404 || status === 409) return [];
        throw cause;
      }
    });
  }

  /** Throws LabError run_over if the container doesn't run. */
  signal(containerId: string, signalName: string): Promise<void> {
    return this.call(`send ${signalName}`, true, async () => {
      try {
        await this.clients.short.getContainer(containerId).kill({ signal: signalName });
      } catch (cause) {
        const status = statusOf(cause);
        if (status !== 404 && status !== 409) throw cause;
        throw new LabError('run_over', `container ${containerId.slice(0, 12)} does not run, ${signalName} reached nobody`, {
          cause,
        });
      }
    });
  }

  /** One that runs already is left alone. Throws LabError run_over if the container is gone. */
  start(containerId: string): Promise<void> {
    return this.call('start a container', true, async () => {
      try {
        await this.clients.short.getContainer(containerId).start();
      } catch (cause) {
        const status = statusOf(cause);
        if (status === 304) return;
        if (status !== 404) throw cause;
        throw new LabError('run_over', `container ${containerId.slice(0, 12)} is gone and cannot be started`, { cause });
      }
    });
  }

  removeLeftovers(label: RunLabel): Promise<{ containers: number; networks: number }> {
    // Removing seven containers may take longer than one call is given.
    return this.call(
      'remove containers and networks',
      true,
      () => removeRunObjects(this.clients.short, label),
      3 * CALL_DEADLINE_MS,
    );
  }

  count(label: RunLabel): Promise<{ containers: number; networks: number }> {
    return this.call('count containers', true, async () => {
      const containers = await listRunContainers(this.clients.short, label);
      const networks = await listRunNetworks(this.clients.short, label);
      return { containers: containers.length, networks: networks.length };
    });
  }

  exec(containerId: string, argv: string[], options: { privileged: boolean }): Promise<ExecResult> {
    return this.call(`run ${argv[0] ?? 'nothing'} in a container`, true, () =>
      execInContainer(this.clients.short, containerId, argv, options),
    );
  }

  hasSysAdmin(containerId: string): Promise<boolean> {
    return this.call('inspect a container', true, async () => {
      const { HostConfig } = await this.clients.short.getContainer(containerId).inspect();
      const added: unknown = HostConfig.CapAdd ?? [];
      const names = Array.isArray(added) ? added.map((name) => String(name).toUpperCase().replace(/^CAP_/, '')) : [];
      return HostConfig.Privileged === true || names.includes('SYS_ADMIN') || names.includes('ALL');
    });
  }

  hostPid(containerId: string): Promise<number | null> {
    return this.call('inspect a container', true, async () => {
      try {
        const { State } = await this.clients.short.getContainer(containerId).inspect();
        return State.Running && State.Pid > 0 ? State.Pid : null;
      } catch (cause) {
        if (statusOf(cause) === 404) return null;
        throw cause;
      }
    });
  }

  /** Its failures are the engine's own: who starts it knows what they mean. */
  startWatcher(spec: BesideSpec): Promise<WatcherContainer> {
    return startWatcherContainer(this.clients, spec);
  }

  /** The same holds for this one. */
  startFaults(spec: BesideSpec): Promise<FaultContainer> {
    return startFaultContainer(this.clients, spec);
  }

  private async call<T>(doing: string, midRun: boolean, work: () => Promise<T>, deadlineMs = CALL_DEADLINE_MS): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs / 1000} s`)), deadlineMs);
    });
    try {
      return await Promise.race([work(), late]);
    } catch (cause) {
      throw toLabError(cause, { doing, address: this.clients.address, midRun });
    } finally {
      clearTimeout(timer);
    }
  }
}
