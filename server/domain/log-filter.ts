import type { LogLevel } from './log-line';

/** What a reader wants to see of a log. */
export type LogFilter = {
  /** Empty: no condition on the text. Text is looked for without regard to case. */
  text: string;
  /** `text` is a regular expression in RE2's syntax, without regard to case; it is matched in linear time. */
  regex: boolean;
  /** Shows the lines whose text does not match. */
  inverse: boolean;
  /** Lines of this level and above. */
  level: LogLevel;
  /** Services to show; empty shows all. */
  sources: string[];
};

export const NO_FILTER: LogFilter = { text: '', regex: false, inverse: false, level: 'debug', sources: [] };

/** Longer patterns are refused. */
export const FILTER_TEXT_MAX = 1000;

/** Two filters that show the same lines have the same key, as far as that can be seen from outside. */
export function filterKey({ text, regex, inverse, level, sources }: LogFilter): string {
  const condition = text === '' ? null : [text, regex, inverse];
  return JSON.stringify([level, [...new Set(sources)].sort(), condition]);
}
