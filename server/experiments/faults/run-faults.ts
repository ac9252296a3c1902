import { LabError } from '@/server/domain/errors';
import type { FaultAction, FaultEnd, FaultId, FaultRecord, PlannedFault } from '@/server/domain/fault';
import { targetOf } from '@/server/domain/fault-check';
import { withRecoveries } from '@/server/domain/fault-recovery';
import { formatTarget, targetsOf } from '@/server/domain/fault-text';
import type { Engine, FaultInjector } from '@/server/domain/ports';
import type { ClusterWatch } from '../cluster-watch';
import type { LiveRun } from '../live-run';
import { wordsOf } from '../tear-down';
import { FaultCounts } from './fault-counts';
import { FaultRecords } from './fault-records';
import { HeldFaults, isHeld } from './held-faults';
import { nameTargets } from './name-targets';
import { ReplicaLives } from './replica-lives';

/** How often counts and times of recovery are brought into the view. */
const TICK_MS = 500;

type FaultPorts = { engine: Pick<Engine, 'signal' | 'start'>; faultInjector: FaultInjector };
type Wish = { action: FaultAction; forSeconds: number | null; origin: FaultRecord['origin'] };

/**
 * The faults of one run: those of its plan, timed from the begin of the measured window, and those asked for by hand. All of
 * them end with their duration, when asked, and with the window. What is done to one replica's life is done one after the
 * other, and so is all that is held.
 */
export class RunFaults {
  readonly #run: LiveRun;
  readonly #watch: ClusterWatch;
  readonly #records: FaultRecords;
  readonly #lives: ReplicaLives;
  readonly #held: HeldFaults;
  readonly #counts = new FaultCounts();
  readonly #close = new AbortController();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #tick: ReturnType<typeof setInterval> | null = null;
  /** What is under way: of each replica's life, and of all that is held. */
  readonly #turns = new Map<string, Promise<unknown>>();
  #plan: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;
  /** Whom the last fault on one replica alone concerned. */
  #it: string | null = null;

  constructor(run: LiveRun, watch: ClusterWatch, ports: FaultPorts) {
    this.#run = run;
    this.#watch = watch;
    this.#records = new FaultRecords(run);
    this.#lives = new ReplicaLives(watch, ports.engine);
    this.#held = new HeldFaults({ run, watch, ports }, (why) => this.#lose(why));
  }

  /** Before the client is let go: opening the holder inside the measured window would be felt there. */
  async prepare(): Promise<void> {
    if (!this.#run.config.faults.some(isHeld)) return;
    await this.#inTurn(HELD, () => this.#held.open()).catch((cause) => {
      this.#run.remark('warn', `the planned faults cannot be prepared: ${wordsOf(cause)}`);
    });
  }

  /** The measured window began; at: milliseconds since the Unix epoch. */
  begin(at: number): void {
    if (this.#close.signal.aborted) return;
    this.#tick ??= setInterval(() => this.note(), TICK_MS);
    for (const planned of this.#run.config.faults) {
      this.#later(at + planned.atSeconds * 1000, () => {
        this.#plan = this.#plan.then(() => this.#beginPlanned(planned));
      });
    }
  }

  /** Resolves when it holds, or with its problem. Rejects with not_measuring, or if a target cannot be named. */
  async inject(wish: Wish): Promise<FaultRecord> {
    const action = await this.#name(wish.action);
    return this.#inTurn(turnOf(action), () => this.#do({ ...wish, action }));
  }

  /** Ends a fault before its time; one that is over stays as it is. */
  async end(id: FaultId): Promise<void> {
    const record = this.#records.find(id);
    if (record === null) throw new LabError('unknown_fault', `the run has no fault ${id}`);
    await this.#inTurn(turnOf(record.action), () => this.#finish(id, 'asked'));
  }

  /** A container was started: what is in force for it has to be told to its new process. */
  started(service: string): void {
    void this.#inTurn(HELD, async () => {
      await this.#held.moved(service);
      await this.#held.hold(this.#records.active());
    }).catch((cause) => this.#run.remark('warn', `the faults of ${service} do not hold since it came back: ${wordsOf(cause)}`));
  }

  /** Whether the end that the engine reports now was meant. */
  takeDeath(service: string): boolean {
    return this.#lives.takeDeath(service);
  }

  /** Whether a replica that was killed will be started again, by its fault's end or by the plan. */
  willReturn(service: string): boolean {
    const isTimed = ({ action, targets, endsAt }: FaultRecord) =>
      action.kind === 'kill' && targets.includes(service) && endsAt !== null;
    return this.#records.active().some(isTimed) || this.#run.config.faults.some(({ action }) => action.kind === 'restart');
  }

  /** The measured window or the run is over: everything is undone. Never rejects; again waits for the same. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** Brings counts and times of recovery into the view; once more when the client has told of its last silence. */
  note(): void {
    const measuringAt = this.#watch.phaseAt('measuring');
    if (measuringAt === null) return;
    this.#records.replace((records) => {
      const counted = this.#counts.update(records, this.#held.counts());
      return withRecoveries(counted, this.#run.view().outages, measuringAt);
    });
  }

  async #end(): Promise<void> {
    this.#close.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#plan;
    await Promise.all(this.#turns.values());
    const problem = await this.#held.close().then(() => null, wordsOf);
    this.note();
    for (const { id } of this.#records.active()) this.#records.end(id, 'run_over', problem);
    if (this.#tick !== null) clearInterval(this.#tick);
  }

  /** Resolves once its targets have names, since the next of the plan may say `it`. */
  async #beginPlanned({ action, forSeconds }: PlannedFault): Promise<void> {
    if (this.#close.signal.aborted) return;
    try {
      const named = await this.#name(action);
      const done = this.#inTurn(turnOf(named), () => this.#do({ action: named, forSeconds, origin: 'plan' }));
      // Rejects only if the window is over by now.
      done.catch(() => {});
    } catch (cause) {
      if (this.#close.signal.aborted) return;
      const now = Date.now();
      const { id } = this.#records.begin({ action, origin: 'plan', startedAt: now, endsAt: null, nodes: [] });
      this.#records.fail(id, wordsOf(cause));
    }
  }

  async #name(action: FaultAction): Promise<FaultAction> {
    this.#refuseOutside();
    // Whoever is being killed now does not lead any more.
    if (targetsOf(action).some(({ kind }) => kind === 'leader')) await Promise.all(this.#turns.values());
    const cluster = { run: this.#run, watch: this.#watch, it: this.#it };
    const named = await nameTargets(action, cluster, this.#close.signal);
    const target = targetOf(named);
    if (target?.kind === 'replica') this.#it = target.name;
    return named;
  }

  /** action: with every target by its name. */
  async #do({ action, forSeconds, origin }: Wish): Promise<FaultRecord> {
    this.#refuseOutside();
    const { replicas, clientService } = this.#run.config;
    const nodes = [...replicas.map(({ service }) => service), clientService];
    // A holder takes a moment to open; the fault begins when it can hold.
    const problem = isHeld({ action }) ? await this.#held.open().then(() => null, wordsOf) : null;
    const startedAt = Date.now();
    const endsAt = forSeconds === null ? null : startedAt + forSeconds * 1000;
    const record = this.#records.begin({ action, origin, startedAt, endsAt, nodes });
    try {
      if (problem !== null) throw new LabError('fault_failed', problem);
      await this.#apply(record);
      this.#counts.begin(record, this.#held.counts());
      if (endsAt !== null) this.#later(endsAt, () => void this.#inTurn(turnOf(action), () => this.#finish(record.id, 'over')));
    } catch (cause) {
      this.#records.fail(record.id, wordsOf(cause));
      // Half of it may hold already.
      if (isHeld(record)) await this.#hold();
    }
    return this.#records.find(record.id) ?? record;
  }

  async #apply(record: FaultRecord): Promise<void> {
    const { id, action, targets } = record;
    const [target = ''] = targets;
    const { signal } = this.#close;
    if (action.kind === 'kill') {
      await this.#lives.kill(target, signal);
      // A pause is a process's, and that is gone.
      for (const pause of this.#activeOn(target, 'pause')) this.#records.end(pause.id, 'over');
    } else if (action.kind === 'restart') {
      if (this.#watch.isLive(target)) await this.#lives.kill(target, signal);
      await this.#lives.start(target, signal);
      for (const kill of this.#activeOn(target, 'kill')) this.#records.end(kill.id, 'asked');
      this.#records.end(id, 'over');
    } else {
      const dead = action.kind === 'pause' && !this.#watch.isLive(target);
      if (dead) throw new LabError('fault_failed', `${target} does not run`);
      await this.#held.hold(this.#records.active());
    }
  }

  async #finish(id: FaultId, end: FaultEnd): Promise<void> {
    const record = this.#records.find(id);
    if (record === null || record.endedAt !== null || this.#close.signal.aborted) return;
    if (record.action.kind === 'kill') {
      const started = this.#lives.start(record.targets[0] ?? '', this.#close.signal);
      this.#records.end(id, end, await started.then(() => null, wordsOf));
    } else {
      await this.#hold(id);
      this.note();
      this.#records.end(id, end);
    }
  }

  /** Everything that is active but this one. What cannot be undone by itself is undone with all the rest. */
  async #hold(but?: FaultId): Promise<void> {
    try {
      await this.#held.hold(this.#records.active().filter(({ id }) => id !== but));
    } catch (cause) {
      await this.#held.drop().catch(() => {});
      this.#lose(wordsOf(cause));
    }
  }

  /** The holder is gone. It continues processes before it ends; one that was killed could not. */
  #lose(why: string): void {
    const lost = this.#records.active().filter(isHeld);
    this.#counts.forget();
    if (lost.length > 0) this.#run.remark('warn', `what held the faults is gone: ${why}`, 'fault');
    for (const { id } of lost) this.#records.end(id, 'lost', why);
    void this.#lives.resume(lost.filter(({ action }) => action.kind === 'pause').flatMap(({ targets }) => targets));
  }

  #activeOn(target: string, kind: FaultAction['kind']): FaultRecord[] {
    return this.#records.active().filter(({ action, targets }) => action.kind === kind && targets.includes(target));
  }

  #refuseOutside(): void {
    const { config, state } = this.#run.view();
    if (state === 'measuring' && !this.#close.signal.aborted) return;
    throw new LabError('not_measuring', `${config.id} does not measure now (${state}), and faults are done while it does`);
  }

  #later(at: number, work: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        work();
      },
      Math.max(0, at - Date.now()),
    );
    this.#timers.add(timer);
  }

  #inTurn<T>(whose: string, work: () => Promise<T>): Promise<T> {
    const done = (this.#turns.get(whose) ?? Promise.resolve()).then(work);
    this.#turns.set(
      whose,
      done.catch(() => {}),
    );
    return done;
  }
}

const HELD = 'all that is held';

/** Faults of one turn wait for each other: those on one replica's life, and those that are held together. */
function turnOf(action: FaultAction): string {
  return action.kind === 'kill' || action.kind === 'restart' ? formatTarget(action.target) : HELD;
}
