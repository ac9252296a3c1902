import { RE2JS, RE2JSSyntaxException } from 're2js';
import { LabError } from '@/server/domain/errors';
import { FILTER_TEXT_MAX, type LogFilter } from '@/server/domain/log-filter';

/** Colours and other orders to a terminal: nobody sees them, so nobody looks for them. */
const ESCAPE = String.fromCharCode(27);
const CONTROL_SEQUENCES = new RegExp(`${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${ESCAPE}\\u0007]*(?:\\u0007|${ESCAPE}\\\\))`, 'g');

/** Whether a line's text fits the filter's words, inverse included; null without a condition. Throws LabError bad_filter. */
export function compilePattern(filter: Pick<LogFilter, 'text' | 'regex' | 'inverse'>): ((text: string) => boolean) | null {
  const { text: pattern, regex, inverse } = filter;
  if (pattern === '') return null;
  if (pattern.length > FILTER_TEXT_MAX) {
    throw new LabError('bad_filter', `the filter has ${pattern.length} characters; at most ${FILTER_TEXT_MAX} are looked for`);
  }
  const found = regex ? regularExpression(pattern) : words(pattern);
  return (text) => found(visible(text)) !== inverse;
}

function visible(text: string): string {
  return text.includes(ESCAPE) ? text.replace(CONTROL_SEQUENCES, '') : text;
}

/** The runtime's own engine is fastest at words without regard to case, and words alone cannot make it backtrack. */
function words(pattern: string): (text: string) => boolean {
  const literal = new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i');
  return (text) => literal.test(text);
}

/** RE2's automata take time in proportion to the text, whatever the pattern. */
function regularExpression(pattern: string): (text: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return (text) => compiled.test(text);
  } catch (cause) {
    throw badPattern(pattern, cause);
  }
}

function badPattern(pattern: string, cause: unknown): LabError {
  const syntax = cause instanceof RE2JSSyntaxException ? cause : null;
  const reason = syntax?.getDescription() ?? (cause instanceof Error ? cause.message : String(cause));
  const at = placeOf(pattern, syntax?.getPattern() ?? '', reason);
  return new LabError(
    'bad_filter',
    `${JSON.stringify(pattern)} is not a regular expression: ${reason}, at character ${at + 1}`,
    {
      remedy:
        'Mend the pattern (RE2 syntax: no look-around, no back-references), or switch the regular expression off to look for these very characters.',
      cause,
    },
  );
}

/** 0-based. The compiler quotes the piece it stumbled over, but for parentheses without their other half the whole pattern. */
function placeOf(pattern: string, piece: string, reason: string): number {
  if (/parenthes|closing \)|unexpected \)/.test(reason)) return loneParenthesis(pattern);
  return Math.max(0, pattern.indexOf(piece));
}

function loneParenthesis(pattern: string): number {
  const open: number[] = [];
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at];
    if (sign === '\\') at += 1;
    else if (inClass) inClass = sign !== ']';
    else if (sign === '[') inClass = true;
    else if (sign === '(') open.push(at);
    else if (sign === ')' && open.pop() === undefined) return at;
  }
  return open.at(-1) ?? 0;
}
