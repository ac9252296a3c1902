/** A fault plan's text form, read: `at 5 s kill leader; at 9 s restart it`. fault-text.ts writes it. */
import type { FaultAction, FaultLink, FaultPlan, FaultTarget, PlannedFault } from './fault';
import { FaultWords, UnreadableFault } from './fault-words';

const AT = 'Begin with when, in seconds of the measured window: at 5 s kill leader.';
const KINDS = 'Write kill, restart, pause, isolate, cut, lose or double.';
const TARGET = 'Write a service such as replica2, leader, or it.';
const ARROW = 'Write cut replica1 -> replica2 for one way, cut replica1 <-> replica2 for both.';
const WHERE = 'Say where: everywhere, into replica2, from replica1 to replica3, or between replica1 and replica3.';
const PERCENT = 'Write lose 5 % everywhere.';
const END = 'A fault may end with a duration, for 2 s, and nothing else; the next one begins behind a semicolon.';

/** Entries stand between semicolons or on lines of their own. What can be read is in the plan, in order of time. */
export function parseFaultPlan(text: string): { plan: FaultPlan; problems: string[] } {
  const plan: FaultPlan = [];
  const problems: string[] = [];
  for (const entry of text.split(/[;\n]/)) {
    if (entry.trim() === '') continue;
    const read = attempt(entry, readPlanned);
    if (typeof read === 'string') problems.push(read);
    else plan.push(read);
  }
  return { plan: plan.sort((a, b) => a.atSeconds - b.atSeconds), problems };
}

/** One fault without its time, as a person asks for it: `kill leader for 5 s`. A string is the problem. */
export function parseFault(text: string): { action: FaultAction; forSeconds: number | null } | string {
  return attempt(text, readFault);
}

function attempt<T>(text: string, read: (words: FaultWords) => T): T | string {
  try {
    return read(new FaultWords(text));
  } catch (cause) {
    if (cause instanceof UnreadableFault) return `“${text.trim()}” ${cause.message}`;
    throw cause;
  }
}

function readPlanned(words: FaultWords): PlannedFault {
  words.expect('at', AT);
  const atSeconds = words.seconds(AT);
  return { atSeconds, ...readFault(words) };
}

function readFault(words: FaultWords): { action: FaultAction; forSeconds: number | null } {
  const action = readAction(words);
  const forSeconds = words.takes('for') ? words.seconds('Write for 2 s.') : null;
  words.end(END);
  return { action, forSeconds };
}

function readAction(words: FaultWords): FaultAction {
  const kind = words.peek();
  switch (kind) {
    case 'kill':
    case 'restart':
    case 'pause':
    case 'isolate':
      words.takes(kind);
      return { kind, target: readTarget(words) };
    case 'cut':
      words.takes(kind);
      return { kind, link: readArrow(words) };
    case 'lose':
    case 'double':
      return readNoise(words);
    default:
      return words.fail(`has ${kind === '' ? 'nothing' : JSON.stringify(kind)} where a fault belongs. ${KINDS}`);
  }
}

function readTarget(words: FaultWords): FaultTarget {
  if (words.takes('leader')) return { kind: 'leader' };
  if (words.takes('it')) return { kind: 'it' };
  return { kind: 'replica', name: words.name(TARGET) };
}

function readArrow(words: FaultWords): Extract<FaultLink, { kind: 'pair' }> {
  const from = readTarget(words);
  const bothWays = words.takes('<->');
  if (!bothWays) words.expect('->', ARROW);
  return { kind: 'pair', from, to: readTarget(words), bothWays };
}

function readNoise(words: FaultWords): FaultAction {
  let lossPercent = 0;
  let duplicatePercent = 0;
  do {
    if (words.takes('lose')) lossPercent = words.percent(PERCENT);
    else if (words.takes('double')) duplicatePercent = words.percent(PERCENT);
    else words.fail(`needs lose or double behind its and. ${PERCENT}`);
  } while (words.takes('and'));
  return { kind: 'noise', link: readPlace(words), lossPercent, duplicatePercent };
}

function readPlace(words: FaultWords): FaultLink {
  if (words.takes('everywhere')) return { kind: 'everywhere' };
  if (words.takes('into')) return { kind: 'into', target: readTarget(words) };
  const bothWays = words.takes('between');
  if (!bothWays) words.expect('from', WHERE);
  const from = readTarget(words);
  words.expect(bothWays ? 'and' : 'to', WHERE);
  return { kind: 'pair', from, to: readTarget(words), bothWays };
}
