/** What goes out as a file, and what comes in as one: reports, tables, archives, the original client's latencies. */
import type { ArchivedRun, BpfRecord, ImportedArchive } from '../../domain/archive';
import { LabError } from '../../domain/errors';
import type { ExperimentId } from '../../domain/experiment/place';
import type { RunStore } from '../../domain/ports';
import { renumberArchive } from '../../domain/renumber-archive';
import { isOver, type RunId } from '../../domain/run';
import { resultsCsv, runsCsv } from '../../reports/render-csv';
import { renderHtml } from '../../reports/render-html';
import { renderMarkdown } from '../../reports/render-markdown';
import type { ReportInput } from '../../reports/report-input';
import type { LabPorts } from '../lab-ports';
import type { ExperimentDesk } from './experiment-desk';

const FORMATS = {
  html: renderHtml,
  md: renderMarkdown,
  'results.csv': ({ results }: ReportInput) => resultsCsv(results),
  'runs.csv': ({ view }: ReportInput) => runsCsv(view),
} as const;

export type ReportFormat = keyof typeof FORMATS;

/** Lines of a log that are read at a time. */
const LOG_PAGE = 5000;

type RawRun = { name: string; scenario: string; replicas: number; variant: string; clients: number };

export class FileDesk {
  readonly #ports: LabPorts;
  readonly #experiments: ExperimentDesk;

  constructor(ports: LabPorts, experiments: ExperimentDesk) {
    this.#ports = ports;
    this.#experiments = experiments;
  }

  report(id: ExperimentId, format: ReportFormat): string {
    return FORMATS[format](this.#experiments.reportInput(id));
  }

  exportArchive(what: { experiment: ExperimentId } | { runs: RunId[] }): AsyncIterable<Uint8Array> {
    const { archives, store, gitCommit } = this.#ports;
    const common = { createdAt: Date.now(), storeId: store.storeId, labCommit: gitCommit };
    if ('runs' in what) {
      return archives.write({ ...common, experiment: null, runs: what.runs.map((id) => archived(id, store)) });
    }
    const { record } = this.#experiments.view(what.experiment);
    // The control may stay behind on this machine, so what it says goes with the experiment.
    const { noiseFloor } = this.#experiments.results(what.experiment);
    const runs = store.experimentRuns(what.experiment).map(({ config }) => archived(config.id, store));
    return archives.write({ ...common, experiment: { ...record, frozenNoiseFloor: noiseFloor }, runs });
  }

  /** All of an archive or nothing. Runs and experiment get ids of this store; where they were measured stays with them. */
  importArchive(chunks: AsyncIterable<Uint8Array>, name: string): Promise<{ experiment: ExperimentId | null; runs: RunId[] }> {
    return this.#ports.archives.read(chunks, name, (archive) => this.#takeIn(archive));
  }

  async importRaw(chunks: AsyncIterable<Uint8Array>, run: RawRun): Promise<RunId> {
    const { archives, store } = this.#ports;
    const imported = await archives.readRaw(chunks, { ...run, now: Date.now() });
    const id = store.nextRunId();
    const view = { ...imported.view, config: { ...imported.view.config, id } };
    await store.importAll({ experiment: null, runs: [{ ...imported, view }] });
    return id;
  }

  async #takeIn(archive: ImportedArchive): Promise<{ experiment: ExperimentId | null; runs: RunId[] }> {
    const { store } = this.#ports;
    const experimentId = archive.experiment === null ? null : store.nextExperimentId();
    const runIds = new Map(archive.runs.map(({ view }) => [view.config.id, store.nextRunId()]));
    const renumbered = renumberArchive(archive, { runIds, experimentId }, Date.now());
    await store.importAll(renumbered);
    return { experiment: experimentId, runs: renumbered.runs.map(({ view }) => view.config.id) };
  }
}

function archived(id: RunId, store: RunStore): ArchivedRun {
  const view = store.view(id);
  if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
  if (!isOver(view.state)) {
    throw new LabError('run_not_over', `${id} is still ${view.state}`, { remedy: 'Export it once it is over.' });
  }
  return {
    view,
    intervals: lazily(() => store.intervals(id)),
    events: lazily(() => store.events(id)),
    samples: lazily(() => store.samples(id)),
    bpf: lazily(() => bpfOf(id, store)),
    log: { [Symbol.asyncIterator]: () => pagesOf(id, store) },
  };
}

function bpfOf(id: RunId, store: RunStore): BpfRecord[] {
  return [
    ...store.bpfSeries(id).map((series) => ({ kind: 'series' as const, series })),
    ...store.bpfLives(id).map((life) => ({ kind: 'life' as const, life })),
    ...store.bpfCodes(id).map((code) => ({ kind: 'code' as const, code })),
  ];
}

/** Read when it is walked, so that an archive of many runs holds one of them at a time. */
function lazily<T>(read: () => T[]): Iterable<T> {
  return { [Symbol.iterator]: () => read()[Symbol.iterator]() };
}

async function* pagesOf(id: RunId, store: RunStore) {
  for (let fromSeq = 1; ; ) {
    const lines = await store.readLog(id, fromSeq, LOG_PAGE);
    const last = lines.at(-1);
    if (last === undefined) return;
    yield lines;
    fromSeq = last.seq + 1;
  }
}
