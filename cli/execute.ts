import { randomUUID } from 'node:crypto';
import type { RunId, RunView } from '@/server/domain/run';
import type { LaunchRequest } from '@/server/experiments/launch-request';
import type { OpenLab } from '@/server/open-lab';

/** Ctrl-C and SIGTERM end a run in order; a second one ends the process at once. */
export function onInterrupt(): AbortSignal {
  const abort = new AbortController();
  const handle = (signal: NodeJS.Signals) => {
    if (abort.signal.aborted) process.exit(130);
    process.stderr.write(`\n${signal}: removing the cluster; once more to leave it behind\n`);
    abort.abort();
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return abort.signal;
}

/** Launches, tells each change to `onView`, and resolves with the last view. Aborting stops the run and tears it down. */
export async function execute(
  { lab }: OpenLab,
  request: Omit<LaunchRequest, 'requestId'>,
  options: { signal: AbortSignal; onView: (view: RunView) => void },
): Promise<RunView> {
  const id: RunId = await lab.launch({ ...request, requestId: randomUUID() });
  const interrupt = () => void lab.close();
  options.signal.addEventListener('abort', interrupt, { once: true });
  if (options.signal.aborted) interrupt();
  const listener = { signal: new AbortController().signal, isCongested: () => false };
  for await (const { value } of lab.watchView(id, listener)) options.onView(value);
  options.signal.removeEventListener('abort', interrupt);
  return lab.view(id);
}
