import type { FaultAction, FaultEnd, FaultId, FaultRecord } from '@/server/domain/fault';
import { chancesOf, linksOf } from '@/server/domain/fault-links';
import { formatAction, targetsOf } from '@/server/domain/fault-text';
import type { LiveRun } from '../live-run';

type Begun = Pick<FaultRecord, 'origin' | 'startedAt' | 'endsAt'> & {
  /** With every target by its name. */
  action: FaultAction;
  /** All services of the cluster. */
  nodes: string[];
};

/** The faults of one run as they stand in its view, with a line in its log for each begin and end. */
export class FaultRecords {
  readonly #run: LiveRun;

  constructor(run: LiveRun) {
    this.#run = run;
  }

  all(): FaultRecord[] {
    return this.#run.view().faults;
  }

  active(): FaultRecord[] {
    return this.all().filter(({ endedAt }) => endedAt === null);
  }

  find(id: FaultId): FaultRecord | null {
    return this.all().find((record) => record.id === id) ?? null;
  }

  begin({ action, nodes, ...begun }: Begun): FaultRecord {
    const id = this.all().length + 1;
    const title = formatAction(action);
    const targets = targetsOf(action).flatMap((target) => (target.kind === 'replica' ? [target.name] : []));
    const { lossPercent, duplicatePercent } = chancesOf(action);
    const counted = lossPercent > 0 || duplicatePercent > 0 ? 0 : null;
    const record: FaultRecord = {
      ...{ id, action, title, targets, links: linksOf(action, nodes), ...begun },
      ...{ endedAt: null, end: null, lost: counted, doubled: counted, recoveryMs: null, problem: null },
    };
    this.#run.change((view) => ({ ...view, faults: [...view.faults, record] }));
    const lasting = begun.endsAt === null ? '' : ` for ${(begun.endsAt - begun.startedAt) / 1000} s`;
    this.#run.remark('warn', `fault ${id}: ${title}${lasting}`, 'fault');
    return record;
  }

  /** The first end counts. */
  end(id: FaultId, end: FaultEnd, problem: string | null = null): void {
    const record = this.find(id);
    if (record === null || record.endedAt !== null) return;
    this.put(id, { endedAt: Date.now(), end, problem });
    const why = problem === null ? WORDS[end] : `${WORDS[end]}; ${problem}`;
    this.#run.remark(problem === null ? 'notice' : 'warn', `fault ${id}: ${record.title}: ${why}`, 'fault');
  }

  /** It could not be done. */
  fail(id: FaultId, problem: string): void {
    const record = this.find(id);
    if (record === null) return;
    this.put(id, { endedAt: record.startedAt, end: 'over', problem });
    this.#run.remark('error', `fault ${id}: ${record.title} could not be done: ${problem}`, 'fault');
  }

  put(id: FaultId, change: Partial<FaultRecord>): void {
    this.replace((records) => records.map((record) => (record.id === id ? { ...record, ...change } : record)));
  }

  /** The same array says that nothing has changed. */
  replace(change: (records: FaultRecord[]) => FaultRecord[]): void {
    const before = this.all();
    const faults = change(before);
    if (faults !== before) this.#run.change((view) => ({ ...view, faults }));
  }
}

const WORDS: Record<FaultEnd, string> = {
  over: 'over',
  asked: 'ended before its time',
  run_over: 'ended with the measured window',
  lost: 'lost, and so undone: what held it is gone',
};
