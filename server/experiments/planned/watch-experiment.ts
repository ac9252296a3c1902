import type { ExperimentView } from '../../domain/experiment/experiment';
import { pause } from '../../telemetry/wakeup';
import type { Listener } from '../run-source';
import type { Identified } from '../watch-run';
import type { LiveExperiment } from './live-experiment';

/** The page is open while runs measure on the same cores: once a second is enough, and nothing is sent unchanged. */
const EVERY_MS = 1000;

type Watched = { live: () => LiveExperiment | null; look: () => ExperimentView };

/** The view at once, then on each change; completes once it is done or cancelled. */
export async function* watchExperiment(
  { live, look }: Watched,
  listener: Listener,
): AsyncGenerator<Identified<ExperimentView>, void, unknown> {
  let last = '';
  let sent = 0;
  while (!listener.signal.aborted) {
    const own = live();
    if (own !== null) {
      for await (const { value } of own.state.subscribe({ ...listener, minIntervalMs: EVERY_MS })) {
        const text = JSON.stringify(value);
        if (text !== last) yield { id: `${++sent}`, value };
        last = text;
      }
    }
    // Paused, over, or run by another process, which is looked up.
    const value = look();
    const text = JSON.stringify(value);
    if (text !== last && !listener.isCongested()) {
      yield { id: `${++sent}`, value };
      last = text;
    }
    if (live() === null && (value.record.state === 'done' || value.record.state === 'cancelled')) return;
    if (live() === null || own === live()) await pause(EVERY_MS, listener.signal);
  }
}
