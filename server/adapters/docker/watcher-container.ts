import type Dockerode from 'dockerode';
import { type BesideSpec, besideOptions, orRemove } from './beside-container';
import type { EngineClients } from './engine-client';
import { statusOf, wordsOf } from './engine-errors';
import { FrameReader } from './frames';
import { removeContainer, WATCHER_ROLE } from './run-objects';

/** A container that looks into a run's containers from beside them. */
export interface WatcherContainer {
  readonly id: string;
  /** Lines of its standard output, none lost; ends with the container. */
  readonly lines: AsyncIterable<string>;
  /** The end of its standard error so far. */
  lastWords(): string;
  signal(name: string): Promise<void>;
  /** Kills and removes it; resolves once it is gone. Never rejects for one that is gone already. */
  remove(): Promise<void>;
}

/** What a watcher needs of the engine. */
export interface WatcherHost {
  /** Process id of a container's main process as the host counts; null if it does not run. */
  hostPid(containerId: string): Promise<number | null>;
  /** Rejects with the engine's own words, after removing what was created. */
  startWatcher(spec: BesideSpec): Promise<WatcherContainer>;
}

const MEBIBYTE = 1024 * 1024;
const LAST_WORDS_BYTES = 2000;
/** A look at a host with thousands of programs is some 1 MB; a line that never ends is a mistake. */
const LINE_MAX_BYTES = 32 * MEBIBYTE;

/** Attached before it starts, so that no line is lost. */
export async function startWatcherContainer(clients: EngineClients, spec: BesideSpec): Promise<WatcherContainer> {
  const { id } = await clients.short.createContainer(besideOptions(WATCHER_ROLE, spec));
  return orRemove(clients.short, id, async () => {
    const output = await clients.follow.getContainer(id).attach({ stream: true, stdout: true, stderr: true });
    await clients.short.getContainer(id).start();
    return new AttachedWatcher(clients.short, id, output);
  });
}

export class AttachedWatcher implements WatcherContainer {
  readonly lines: AsyncIterable<string>;
  #lastWords = Buffer.alloc(0);
  #removed = false;

  constructor(
    private readonly client: Dockerode,
    readonly id: string,
    output: NodeJS.ReadableStream,
  ) {
    this.lines = this.#read(output);
  }

  lastWords(): string {
    return this.#lastWords.toString('utf8').trim();
  }

  async signal(name: string): Promise<void> {
    await this.client.getContainer(this.id).kill({ signal: name });
  }

  async remove(): Promise<void> {
    this.#removed = true;
    await removeContainer(this.client, this.id);
  }

  async *#read(output: NodeJS.ReadableStream): AsyncGenerator<string, void, void> {
    const reader = new FrameReader();
    let rest = Buffer.alloc(0);
    try {
      for await (const chunk of output) {
        for (const { stream, payload } of reader.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk))) {
          if (stream === 'stderr') this.#lastWords = Buffer.concat([this.#lastWords, payload]).subarray(-LAST_WORDS_BYTES);
          else rest = Buffer.concat([rest, payload]);
        }
        for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
          yield rest.toString('utf8', 0, end);
          rest = rest.subarray(end + 1);
        }
        if (rest.length > LINE_MAX_BYTES) throw new Error(`a line of more than ${LINE_MAX_BYTES} bytes`);
      }
    } catch (cause) {
      // Whoever removes it cuts the stream.
      if (!this.#removed) throw cause;
    }
  }
}

/** What the engine says when an image or the program in it is not there, in words that name the remedy. */
export function explainStart(cause: unknown, { image, argv }: BesideSpec): string {
  if (statusOf(cause) === 404) return `the image ${image} is not on this engine`;
  const words = wordsOf(cause);
  return /executable file not found|no such file/i.test(words) ? `the image ${image} has no ${argv[0]}` : words;
}
