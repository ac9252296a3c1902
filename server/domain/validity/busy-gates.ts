/** Who had the processors while the run measured: others on this machine, other machines on its host, the client itself. */
import type { RunConditions } from '../conditions';
import type { RunView } from '../run';
import { type Bounds, gate, grade, inCores } from './gate';
import { notObserved } from './not-observed';
import type { RunGate } from './validity';

/**
 * Cores that processes outside the run, the lab, the engine and the kernel took. Quiet machines show up to 0.05 (rounding to
 * clock ticks, a shell, a cron job). A quarter of a core is what the interleaving of pairs no longer averages out where all
 * share two cores; half a core takes a core from somebody in the run half of the time.
 */
const OUTSIDE: Bounds = { note: 0.1, suspect: 0.25, invalid: 0.5 };

/** A hypervisor steals from cores that want to run, so from the run itself: less of it is harmless. */
const STOLEN: Bounds = { note: 0.03, suspect: 0.1, invalid: 0.25 };

/** The client is one thread: nearer to a whole core its replies wait for it, and latency is the client's own. */
const CLIENT: Bounds = { note: 0.75, suspect: 0.9 };

export function hostBusyGate(view: RunView): RunGate {
  const outside = view.conditions?.outsideCores ?? null;
  if (view.conditions === null || outside === null) return gate('host_busy', notObserved(view));
  const state = grade(outside, OUTSIDE);
  return gate('host_busy', {
    state,
    value: inCores(outside),
    detail: `${sayOutside(view.conditions, outside)} ${sayInside(view.conditions)}`,
    remedy: state === 'pass' ? null : 'End it or wait until it is over, then launch the run again.',
  });
}

function sayOutside({ outside }: RunConditions, total: number): string {
  if (outside.length === 0) {
    return total > 0
      ? `Processes too short-lived to be named took ${total.toFixed(2)} of a core.`
      : 'Nothing else took a measurable part of a core.';
  }
  const who = outside.map(({ pid, command, cores }) => `${command} pid ${pid} took ${cores.toFixed(2)} of a core`);
  return `${who.join(', ')}.`;
}

function sayInside({ cores, runCores, labCores, engineCores }: RunConditions): string {
  const said = (value: number | null) => (value === null ? 'unknown' : value.toFixed(2));
  return `Of ${cores} cores the run took ${said(runCores)}, the lab ${said(labCores)}, the engine ${said(engineCores)}.`;
}

export function stealGate(view: RunView): RunGate {
  const steal = view.conditions?.stealCores ?? null;
  if (steal === null) return gate('steal', notObserved(view));
  const state = grade(steal, STOLEN);
  return gate('steal', {
    state,
    value: inCores(steal),
    detail:
      steal === 0
        ? 'No hypervisor took time away, or none says so.'
        : `The hypervisor gave ${steal.toFixed(2)} of a core to other machines while this one wanted to run.`,
    remedy: state === 'pass' ? null : 'Launch it again when the host is quieter, or on a machine with cores of its own.',
  });
}

export function clientGate(view: RunView): RunGate {
  const client = view.conditions?.clientCores ?? null;
  if (client === null) return gate('client', notObserved(view, 'The client was gone before it could be read.'));
  const state = grade(client, CLIENT);
  return gate('client', {
    state,
    value: inCores(client),
    detail:
      state === 'pass'
        ? 'The client, one thread, had room left on its core.'
        : `The client, one thread, was busy for ${Math.round(client * 100)} % of the window: ${state === 'suspect' ? 'its own work is in every latency' : 'near to what one core carries'}.`,
    remedy: state === 'pass' ? null : 'Choose fewer clients or a smaller payload.',
  });
}
