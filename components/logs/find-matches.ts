import type { TextRange } from './text-pieces';

/** Where a filter's words stand in a line. */
export type FindMatches = (visible: string) => TextRange[];

/** More than this are not marked in one line. */
const MOST = 100;

/** The words themselves, without regard to case. */
export function findWords(words: string): FindMatches {
  const wanted = words.toLowerCase();
  return (visible) => {
    const text = visible.toLowerCase();
    // Some letters are longer in lower case; positions would then point beside the match, so that none is marked.
    if (text.length !== visible.length) return [];
    const ranges: TextRange[] = [];
    for (let at = text.indexOf(wanted); at !== -1 && ranges.length < MOST; at = text.indexOf(wanted, at + wanted.length)) {
      ranges.push({ from: at, to: at + wanted.length });
    }
    return ranges;
  };
}

/** A regular expression in the server's own engine, which is loaded only now. Null for one that does not compile. */
export async function findPattern(pattern: string): Promise<FindMatches | null> {
  const { RE2JS } = await import('re2js');
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return (visible) => {
      const ranges: TextRange[] = [];
      const matcher = compiled.matcher(visible);
      while (ranges.length < MOST && matcher.find()) {
        if (matcher.end() > matcher.start()) ranges.push({ from: matcher.start(), to: matcher.end() });
      }
      return ranges;
    };
  } catch {
    // The server says what is wrong with it, at the field.
    return null;
  }
}
