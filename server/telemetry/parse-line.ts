import { LOG_LEVELS, type LogLevel, type LogLine } from '@/server/domain/log-line';
import { type LabEvent, labEventSchema } from './events';

/** Longer lines are text, however they begin: an event with the largest histogram stays well below. */
const EVENT_LINE_MAX = 1024 * 1024;

/**
 * One line of stdout as an event. `reason` says why it is none: `not an event` for ordinary text, else what is wrong
 * with it, naming the field.
 */
export function parseEventLine(text: string): { event: LabEvent; reason: null } | { event: null; reason: string } {
  if (!looksLikeEvent(text)) return { event: null, reason: 'not an event' };
  if (text.length > EVENT_LINE_MAX) return { event: null, reason: `event line of ${text.length} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the whole line; where it broke is enough to find it in the log.
    return { event: null, reason: 'malformed JSON, probably a line cut off' };
  }
  const parsed = labEventSchema.safeParse(value);
  if (parsed.success) return { event: parsed.data, reason: null };
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`);
  return { event: null, reason: issues.slice(0, 3).join('; ') };
}

/** Level of a line as the log view shows it. Every line of every container passes here, so plain ones cost one look. */
export function levelOf({ stream, text }: Pick<LogLine, 'stream' | 'text'>): LogLevel {
  const first = text.charAt(0);
  if (first === '{') return stream === 'stdout' && looksLikeEvent(text) ? eventLevel(text) : 'notice';
  if (first >= '0' && first <= '9') return electrodeLevel(text) ?? 'notice';
  if (first === 'P' || first === 'S') return /^(PANIC|Segmentation fault)/.test(text) ? 'error' : 'notice';
  // Our own lines begin with their level: `warn vr: ...`.
  return LOG_LEVELS.find((word) => text.startsWith(word) && text.charAt(word.length) === ' ') ?? 'notice';
}

const looksLikeEvent = (text: string) => text.startsWith('{"v":');

const eventLevel = (text: string) => (text.includes('"event":"error"') ? 'error' : 'debug');

/** The original's lines carry a mark behind time and process id: `20261023-055511-1187 19223 ! ResendRequest ...`. */
function electrodeLevel(text: string): LogLevel | null {
  const [, mark] = /^\d{8}-\d{6}-\d{4} +\d+ +(\*|!|PANIC|\|)/.exec(text) ?? [];
  if (mark === undefined) return null;
  if (mark === '!') return 'warn';
  if (mark === 'PANIC') return 'error';
  return mark === '|' ? 'debug' : 'notice';
}
