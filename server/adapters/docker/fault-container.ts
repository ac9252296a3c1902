import type Dockerode from 'dockerode';
import { type BesideSpec, besideOptions, orRemove } from './beside-container';
import type { EngineClients } from './engine-client';
import { FAULT_ROLE } from './run-objects';
import { AttachedWatcher, type WatcherContainer } from './watcher-container';

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
  startFaults(spec: BesideSpec): Promise<FaultContainer>;
}

/**
 * Its input is one connection of this process to the engine. Whatever ends this process ends the connection, and with it the
 * container's input, by which the program knows that nobody is left who could undo what it did.
 */
export async function startFaultContainer(clients: EngineClients, spec: BesideSpec): Promise<FaultContainer> {
  const { id } = await clients.short.createContainer(toOptions(spec));
  return orRemove(clients.short, id, async () => {
    const attach = { stream: true, hijack: true, stdin: true, stdout: true, stderr: true };
    const stream = await clients.follow.getContainer(id).attach(attach);
    await clients.short.getContainer(id).start();
    return new AttachedFaults(clients.short, id, stream);
  });
}

/** KILL: pausing is a signal to processes of other containers. */
function toOptions(spec: BesideSpec): Dockerode.ContainerCreateOptions {
  const options = besideOptions(FAULT_ROLE, spec);
  const CapAdd = [...(options.HostConfig?.CapAdd ?? []), 'KILL'];
  return { ...options, OpenStdin: true, StdinOnce: true, AttachStdin: true, HostConfig: { ...options.HostConfig, CapAdd } };
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
