/** Operations that kept the client waiting longest. */
import { durationUs, type Operation } from './operations';

/** The longest by client_send to client_receive, longest first; one pass, whatever there is. */
export function slowestOf(operations: readonly Operation[], most: number): Operation[] {
  const slowest: { operation: Operation; us: number }[] = [];
  for (const operation of operations) {
    const us = durationUs(operation);
    if (us === null) continue;
    if (slowest.length === most && us <= (slowest[most - 1]?.us ?? 0)) continue;
    const at = slowest.findIndex((other) => other.us < us);
    slowest.splice(at < 0 ? slowest.length : at, 0, { operation, us });
    if (slowest.length > most) slowest.pop();
  }
  return slowest.map(({ operation }) => operation);
}
