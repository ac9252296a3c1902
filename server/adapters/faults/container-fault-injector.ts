import { LabError } from '@/server/domain/errors';
import type { FaultHolder, FaultHolderRequest, FaultInjector, FaultRule } from '@/server/domain/ports';
import type { BesideSpec } from '../docker/beside-container';
import type { FaultContainer, FaultHost } from '../docker/fault-container';
import { explainStart } from '../docker/watcher-container';
import { type LabfaultTarget, pauseLine, rulesLine, targetArgument, targetLine } from './labfault-lines';
import { faultFailed, LabfaultTalk, wordsOf } from './labfault-talk';

type Node = FaultHolderRequest['nodes'][number];

/** Runs `labfault` in a container of its own beside a run's containers, from the image that every replica has. */
export class ContainerFaultInjector implements FaultInjector {
  constructor(
    private readonly engine: FaultHost,
    private readonly image: string,
  ) {}

  async open({ label, nodes, cpuset }: FaultHolderRequest, signal: AbortSignal): Promise<FaultHolder> {
    const targets = (await Promise.all(nodes.map((node) => findTarget(node, this.engine)))).filter((each) => each !== null);
    if (targets.length === 0) throw faultFailed('no container runs');
    const spec: BesideSpec = { label, image: this.image, argv: ['labfault', ...targets.map(targetArgument)], cpuset };
    const talk = new LabfaultTalk(await this.#start(spec));
    const holder = new ContainerFaultHolder(talk, nodes, targets, this.engine);
    // Whoever closes it hears of a failure; the run's own clean-up finds what is left.
    const abort = () => void holder.close().catch(() => {});
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void talk.ended.then(() => signal.removeEventListener('abort', abort));
    try {
      await talk.ready();
      signal.throwIfAborted();
      return holder;
    } catch (cause) {
      await holder.close();
      throw cause instanceof LabError ? cause : faultFailed(wordsOf(cause), cause);
    }
  }

  async #start(spec: BesideSpec): Promise<FaultContainer> {
    try {
      return await this.engine.startFaults(spec);
    } catch (cause) {
      throw new LabError('fault_failed', `the fault program cannot start: ${explainStart(cause, spec)}`, {
        remedy: `docker build -t ${this.image} ebpf`,
        cause,
      });
    }
  }
}

/** Where a node runs now; null if it does not. */
async function findTarget({ name, id, containerId }: Node, engine: FaultHost): Promise<LabfaultTarget | null> {
  const pid = await engine.hostPid(containerId);
  return pid === null ? null : { name, pid, id };
}

class ContainerFaultHolder implements FaultHolder {
  readonly ended: Promise<string | null>;
  readonly #talk: LabfaultTalk;
  readonly #engine: FaultHost;
  readonly #ids: Map<string, number>;
  /** Those that the program was told of, with their process. */
  readonly #targets: Map<string, number>;
  #faults: { rules: FaultRule[]; paused: string[] } = { rules: [], paused: [] };
  /** What the program was last told, as number 0; a line that changes nothing is not sent. */
  #told = { rules: 'rules 0', paused: 'pause 0' };

  constructor(talk: LabfaultTalk, nodes: Node[], targets: LabfaultTarget[], engine: FaultHost) {
    this.#talk = talk;
    this.#engine = engine;
    this.ended = talk.ended;
    this.#ids = new Map(nodes.map(({ name, id }) => [name, id]));
    this.#targets = new Map(targets.map(({ name, pid }) => [name, pid]));
  }

  async apply(faults: { rules: FaultRule[]; paused: string[] }): Promise<void> {
    this.#faults = faults;
    const rules = faults.rules.filter(({ target }) => this.#targets.has(target));
    const paused = faults.paused.filter((name) => this.#targets.has(name));
    const rulesOf = (seq: number) => rulesLine(seq, rules, this.#ids);
    const pauseOf = (seq: number) => pauseLine(seq, paused);
    const told = { rules: rulesOf(0), paused: pauseOf(0) };
    if (told.rules !== this.#told.rules) await this.#talk.ask(rulesOf);
    this.#told.rules = told.rules;
    if (told.paused !== this.#told.paused) await this.#talk.ask(pauseOf);
    this.#told.paused = told.paused;
  }

  async moved(node: Node): Promise<void> {
    const target = await findTarget(node, this.#engine);
    if (target === null || this.#targets.get(target.name) === target.pid) return;
    this.#ids.set(node.name, node.id);
    await this.#talk.tell(targetLine(target));
    this.#targets.set(target.name, target.pid);
    // The new process knows nothing of what held for the old one, so all of it is said once more.
    this.#told = { rules: '', paused: '' };
    await this.apply(this.#faults);
  }

  counts(): { target: string; from: string; lost: number; doubled: number }[] {
    const names = new Map([...this.#ids].map(([name, id]) => [id, name]));
    return this.#talk.counts.map((each) => ({ ...each, from: names.get(each.from) ?? String(each.from) }));
  }

  close(): Promise<void> {
    return this.#talk.close();
  }
}
