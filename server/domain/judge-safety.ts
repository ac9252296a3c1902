import { sayFaults, wasDone } from './declared-faults';
import type { FaultRecord, Linearizability, Safety } from './fault';
import type { SameLog } from './proof';
import { count, times } from './wording';

/**
 * Whether what was acknowledged is there: equal committed prefixes on the live replicas, up to what clients were told last, and
 * a history that one order of operations explains. linearizability: null where the client checked none.
 */
export function judgeSafety(sameLog: SameLog, linearizability: Linearizability | null, faults: FaultRecord[]): Safety {
  const log = judgeLog(sameLog);
  const history = judgeHistory(linearizability);
  const verdict = worse(log.verdict, history.verdict);
  const done = faults.filter(wasDone);
  const under = done.length === 0 ? '' : `, under ${times(done.length, 'fault')} (${sayFaults(done)})`;
  // What refutes it stands first.
  const [first, second] = history.verdict === 'unsafe' && log.verdict !== 'unsafe' ? [history, log] : [log, history];
  return { verdict, reason: `${first.words}; ${second.words}${under}.`, linearizability };
}

type Found = { verdict: Safety['verdict']; words: string };

function worse(a: Safety['verdict'], b: Safety['verdict']): Safety['verdict'] {
  if (a === 'unsafe' || b === 'unsafe') return 'unsafe';
  return a === 'safe' && b === 'safe' ? 'safe' : 'not_decided';
}

function judgeLog({ verdict, reason, commit, hashes, live, hash, recomputed }: SameLog): Found {
  const said = trim(reason);
  if (verdict === 'differs') return { verdict: 'unsafe', words: said };
  const expected = recomputed ?? hash;
  const equal = live.filter((name) => hashes[name] !== null && hashes[name] === expected);
  const dead = Object.keys(hashes).filter((name) => !live.includes(name));
  const without = dead.length === 0 ? '' : ` (${dead.join(', ')} not live)`;
  const who = `${equal.length} of ${times(live.length, 'live replica')}${without}`;
  if (verdict === 'same') {
    return { verdict: 'safe', words: `${who} hold the same ${times(commit ?? 0, 'operation')}` };
  }
  // Whoever is behind may still be catching up: that refutes nothing.
  return { verdict: 'not_decided', words: said };
}

function judgeHistory(found: Linearizability | null): Found {
  if (found === null) return { verdict: 'not_decided', words: 'the client checked no history of its operations' };
  const { verdict, operations, keys, pending, undecidedKeys, reason } = found;
  const of = `${times(operations, 'operation')} on ${times(keys, 'key')}`;
  const open = pending === 0 ? '' : ` (${times(pending, 'more', 'more')} never got a reply)`;
  switch (verdict) {
    case 'linearizable':
      return { verdict: 'safe', words: `${of} are linearizable${open}` };
    case 'violated':
      return { verdict: 'unsafe', words: `${of} are not linearizable: ${trim(reason)}` };
    case 'not_decided': {
      const why = reason === '' ? 'the bound on the search struck' : trim(reason);
      return { verdict: 'not_decided', words: `${count(undecidedKeys)} of ${times(keys, 'key')} could not be decided: ${why}` };
    }
  }
}

const trim = (sentence: string) => sentence.replace(/\.$/, '');
