import type { BpfCode, BpfLook } from '@/server/domain/bpf-watch';
import { LabError } from '@/server/domain/errors';
import type { BpfWatch, BpfWatcher, BpfWatchRequest } from '@/server/domain/ports';
import type { BesideSpec } from '../docker/beside-container';
import type { ContainerExec } from '../docker/container-exec';
import { explainStart, type WatcherContainer, type WatcherHost } from '../docker/watcher-container';
import { dumpCommand, toCode } from './parse-code';
import { parseWatcherLine, type WatcherLine } from './watcher-lines';

/** One that nobody closes, because its lab was killed, ends by itself after two hours. */
const LONGEST_S = 7200;

/** Runs `bpfwatch` in a container of its own beside a run's containers, from the image that every replica has. */
export class ContainerBpfWatcher implements BpfWatcher {
  constructor(
    private readonly engine: WatcherHost & ContainerExec,
    private readonly image: string,
  ) {}

  async watch(request: BpfWatchRequest, signal: AbortSignal): Promise<BpfWatch> {
    const spec = await this.#specOf(request);
    const container = await this.#start(spec);
    const lines = container.lines[Symbol.asyncIterator]();
    const close = new Closing(container);
    // Whoever closes it hears of a failure; the run's own clean-up finds what is left.
    const abort = () => void close.run().catch(() => {});
    signal.addEventListener('abort', abort);
    try {
      signal.throwIfAborted();
      const first = await nextLine(lines, container);
      // It says hello before its first look, and a problem if it has not what it takes.
      if (first?.kind === 'problem') throw brokenOff(first.message);
      if (first === null) throw brokenOff(`it ended at once: ${container.lastWords() || 'it said nothing'}`);
    } catch (cause) {
      signal.removeEventListener('abort', abort);
      await close.run();
      throw cause;
    }
    return new RunningWatch({ engine: this.engine, container, lines, signal, close });
  }

  async #specOf({ label, replicas, cpuset, statistics, everyMs }: BpfWatchRequest): Promise<BesideSpec> {
    const found = await Promise.all(
      replicas.map(async ({ name, containerId }) => ({ name, pid: await this.engine.hostPid(containerId) })),
    );
    const targets = found.flatMap(({ name, pid }) => (pid === null ? [] : [`${name}=${pid}`]));
    if (targets.length === 0) throw brokenOff('no replica runs');
    const options = ['--every-ms', String(everyMs), '--max-s', String(LONGEST_S), ...(statistics ? ['--statistics'] : [])];
    return { label, image: this.image, argv: ['bpfwatch', ...options, ...targets], cpuset };
  }

  async #start(spec: BesideSpec): Promise<WatcherContainer> {
    try {
      return await this.engine.startWatcher(spec);
    } catch (cause) {
      throw new LabError('inspector_failed', `the eBPF watcher cannot start: ${explainStart(cause, spec)}`, {
        remedy: `docker build -t ${this.image} ebpf`,
        cause,
      });
    }
  }
}

type Running = {
  engine: ContainerExec;
  container: WatcherContainer;
  lines: AsyncIterator<string>;
  signal: AbortSignal;
  close: Closing;
};

/** Removes the container, once however often it is called. */
class Closing {
  #removal: Promise<void> | null = null;

  constructor(private readonly container: WatcherContainer) {}

  get begun(): boolean {
    return this.#removal !== null;
  }

  run(): Promise<void> {
    this.#removal ??= this.container.remove();
    return this.#removal;
  }
}

class RunningWatch implements BpfWatch {
  readonly looks: AsyncIterable<BpfLook>;
  readonly #running: Running;

  constructor(running: Running) {
    this.#running = running;
    this.looks = readLooks(running);
  }

  async setStatistics(on: boolean): Promise<void> {
    await this.#running.container.signal(on ? 'SIGUSR1' : 'SIGUSR2');
  }

  async code(programId: number): Promise<Pick<BpfCode, 'lines' | 'problem'>> {
    const { engine, container } = this.#running;
    return toCode(await engine.exec(container.id, dumpCommand(programId), { privileged: false }));
  }

  close(): Promise<void> {
    return this.#running.close.run();
  }
}

async function* readLooks({ container, lines, signal, close }: Running): AsyncGenerator<BpfLook, void, void> {
  try {
    for (let line = await nextLine(lines, container); line !== null; line = await nextLine(lines, container)) {
      if (line.kind === 'problem') throw brokenOff(line.message);
      if (line.kind === 'look') yield line.look;
    }
    if (!signal.aborted && !close.begun) throw brokenOff(`its container ended: ${container.lastWords() || 'it said nothing'}`);
  } finally {
    await close.run();
    await lines.return?.();
  }
}

async function nextLine(lines: AsyncIterator<string>, container: WatcherContainer): Promise<WatcherLine | null> {
  const { done, value } = await lines.next();
  if (done === true) return null;
  try {
    return parseWatcherLine(value);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new LabError('inspector_failed', `the eBPF watcher ${container.id.slice(0, 12)} said what cannot be read: ${words}`, {
      cause,
    });
  }
}

function brokenOff(why: string): LabError {
  return new LabError('inspector_failed', `the eBPF watcher gave up: ${why}`);
}
