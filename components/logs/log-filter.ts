import type { LogLevel, LogLine } from '@/server/api/types';

export const LEVELS = ['debug', 'notice', 'warn', 'error'] as const satisfies LogLevel[];

export type LogFilter = {
  /** Text, or a regular expression when `regex` is set. */
  text: string;
  regex: boolean;
  /** Lines of this level and above. */
  level: LogLevel;
  /** Sources to show; empty shows all. */
  sources: ReadonlySet<string>;
};

export type Matcher = { test: (line: LogLine) => boolean; problem: string | null };

/** One predicate for all lines; a regular expression that does not compile matches nothing and says why. */
export function matcherOf(filter: LogFilter): Matcher {
  const lowest = LEVELS.indexOf(filter.level);
  const { match, problem } = textMatch(filter);
  return {
    problem,
    test: (line) =>
      LEVELS.indexOf(line.level) >= lowest &&
      (filter.sources.size === 0 || filter.sources.has(line.source)) &&
      match(line.text),
  };
}

function textMatch({ text, regex }: LogFilter): { match: (text: string) => boolean; problem: string | null } {
  if (text === '') return { match: () => true, problem: null };
  if (!regex) {
    const wanted = text.toLowerCase();
    return { match: (line) => line.toLowerCase().includes(wanted), problem: null };
  }
  try {
    const pattern = new RegExp(text, 'i');
    return { match: (line) => pattern.test(line), problem: null };
  } catch (error) {
    return { match: () => false, problem: error instanceof Error ? error.message : 'not a regular expression' };
  }
}
