import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after the time or on abort, whichever comes first; never rejects. */
export async function waitAtMost(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    // Aborted: the caller looks at the signal next.
  });
}
