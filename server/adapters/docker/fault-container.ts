import type Dockerode from 'dockerode';
import type { RunLabel } from '@/server/domain/run';
import { projectOf, RUN_LABEL } from '@/server/domain/run-label';
import type { EngineClients } from './engine-client';
import { FAULT_ROLE, ROLE_LABEL, removeContainer } from './run-objects';
import { AttachedWatcher, MEBIBYTE, type WatcherContainer } from './watcher-container';

/** argv: what it runs. cpuset: null leaves it to the kernel. */
export type FaultSpec = { label: RunLabel; image: string; argv: string[]; cpuset: string | null };

/** A container that acts on a run's containers from beside them, for as long as its standard input stays open. */
export interface FaultContainer extends Omit<WatcherContainer, 'signal'> {
  /** Rejects once its input is closed. */
  write(line: string): Promise<void>;
  /** Closes its input: the program undoes everything and ends. */
  closeInput(): void;
}

/** What faults need of the engine. */
export interface FaultHost {
  /** Process id of a container's main process as the host counts; null if it does not run. */
  hostPid(containerId: string): Promise<number | null>;
  /** Rejects with the engine's own words, after removing what was created. */
  startFaults(spec: FaultSpec): Promise<FaultContainer>;
}

/**
 * Its input is one connection of this process to the engine. Whatever ends this process ends the connection, and with it the
 * container's input, by which the program knows that nobody is left who could undo what it did.
 */
export async function startFaultContainer(clients: EngineClients, spec: FaultSpec): Promise<FaultContainer> {
  const { id } = await clients.short.createContainer(toOptions(spec));
  try {
    const attach = { stream: true, hijack: true, stdin: true, stdout: true, stderr: true };
    const stream = await clients.follow.getContainer(id).attach(attach);
    await clients.short.getContainer(id).start();
    return new AttachedFaults(clients.short, id, stream);
  } catch (cause) {
    await removeContainer(clients.short, id);
    throw cause;
  }
}

/** The next of a run gets another name while the last one is still being removed. */
let started = 0;

/** What the watcher gets, and KILL: pausing is a signal to processes of other containers. */
function toOptions({ label, image, argv, cpuset }: FaultSpec): Dockerode.ContainerCreateOptions {
  started += 1;
  return {
    name: `${projectOf(label)}-faults-${process.pid}-${started}`,
    Image: image,
    Cmd: argv,
    Labels: { [RUN_LABEL]: label, [ROLE_LABEL]: FAULT_ROLE },
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    HostConfig: {
      AutoRemove: true,
      PidMode: 'host',
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      CapAdd: ['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE', 'KILL'],
      SecurityOpt: ['no-new-privileges:true'],
      ReadonlyRootfs: true,
      Memory: 128 * MEBIBYTE,
      PidsLimit: 32,
      LogConfig: { Type: 'none', Config: {} },
      ...(cpuset === null ? {} : { CpusetCpus: cpuset }),
    },
  };
}

class AttachedFaults extends AttachedWatcher implements FaultContainer {
  readonly #stream: NodeJS.ReadWriteStream;
  #closed = false;

  constructor(client: Dockerode, id: string, stream: NodeJS.ReadWriteStream) {
    super(client, id, stream);
    this.#stream = stream;
    // A write to a container that is gone fails in its callback as well, where somebody waits for it.
    stream.on('error', () => this.closeInput());
  }

  write(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed) reject(new Error('its input is closed'));
      else this.#stream.write(`${line}\n`, (cause?: Error | null) => (cause ? reject(cause) : resolve()));
    });
  }

  closeInput(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stream.end();
  }

  override remove(): Promise<void> {
    this.closeInput();
    return super.remove();
  }
}
