'use client';
import { useEffect, useMemo, useState } from 'react';
import type { LogFilter } from '@/server/api/types';
import { type FindMatches, findPattern, findWords } from './find-matches';

/** What of a line the filter found, to be marked; null while there is nothing to mark. */
export function useFindMatches({ text, regex, inverse }: LogFilter): FindMatches | null {
  const isWords = text !== '' && !regex && !inverse;
  const isPattern = text !== '' && regex && !inverse;
  const words = useMemo(() => (isWords ? findWords(text) : null), [isWords, text]);
  const [pattern, setPattern] = useState<{ text: string; find: FindMatches | null } | null>(null);
  useEffect(() => {
    if (!isPattern) return;
    let isWanted = true;
    // Marking is an extra: a browser that cannot load the engine shows the same lines without it.
    findPattern(text).then(
      (find) => isWanted && setPattern({ text, find }),
      () => isWanted && setPattern(null),
    );
    return () => {
      isWanted = false;
    };
  }, [isPattern, text]);
  return words ?? (isPattern && pattern?.text === text ? pattern.find : null);
}
