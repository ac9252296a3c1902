import type Dockerode from 'dockerode';
import { type EngineCall, statusOf, toLabError } from './engine-errors';
import { readEventStream } from './event-stream';

/**
 * Waits, without polling, until a stopped container was started again, after startedAt as `inspect` told it, or is removed.
 * Aborting ends the wait; the result then means nothing. Throws LabError engine_lost.
 */
export async function waitUntilStarted(
  client: Dockerode,
  { containerId, startedAt }: { containerId: string; startedAt: string },
  call: EngineCall,
  signal: AbortSignal,
): Promise<'started' | 'gone'> {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  try {
    // Subscribed before it looks, or a start in between would be missed.
    const events = await client.getEvents({
      filters: { container: [containerId], event: ['start', 'destroy'] },
      ...{ abortSignal: either },
    });
    const { State } = await client.getContainer(containerId).inspect({ abortSignal: either });
    // It may have started, and ended again, by now.
    if (State.Running || State.StartedAt !== startedAt) return 'started';
    for await (const event of readEventStream(events)) {
      if (event.Action === 'start') return 'started';
      if (event.Action === 'destroy') return 'gone';
    }
    return 'started'; // The stream ended: the caller reads the log again and comes back here if need be.
  } catch (cause) {
    if (signal.aborted || statusOf(cause) === 404) return 'gone';
    throw toLabError(cause, call);
  } finally {
    done.abort();
  }
}
