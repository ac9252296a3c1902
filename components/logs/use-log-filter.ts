'use client';
import { useCallback, useMemo } from 'react';
import { useUrlState } from '@/components/ui/use-url-state';
import type { LogFilter, LogLevel } from '@/server/api/types';

export const LEVELS = ['debug', 'notice', 'warn', 'error'] as const satisfies LogLevel[];
const DEFAULT_LEVEL: LogLevel = 'notice';

export type FilterChoice = {
  filter: LogFilter;
  setText: (text: string) => void;
  setRegex: (on: boolean) => void;
  setInverse: (on: boolean) => void;
  setLevel: (level: LogLevel) => void;
  toggleSource: (source: string) => void;
  /** Everything is shown, telemetry among it. */
  clear: () => void;
};

/** What of the log is shown, as the address says it: `q`, `regex`, `not`, `level`, `only`. */
export function useLogFilter(sources: readonly string[]): FilterChoice {
  const [text, setText] = useUrlState('q');
  const [regex, setRegex] = useUrlState('regex');
  const [inverse, setInverse] = useUrlState('not');
  const [level, setLevel] = useUrlState('level', DEFAULT_LEVEL);
  const [only, setOnly] = useUrlState('only');
  const known = sources.join();
  const filter = useMemo(
    (): LogFilter => ({
      text,
      regex: regex === '1',
      inverse: inverse === '1',
      level: LEVELS.find((each) => each === level) ?? DEFAULT_LEVEL,
      sources: only.split(',').filter((source) => known.split(',').includes(source)),
    }),
    [text, regex, inverse, level, only, known],
  );
  const toggleSource = useCallback(
    (source: string) => {
      const { sources: chosen } = filter;
      setOnly((chosen.includes(source) ? chosen.filter((each) => each !== source) : [...chosen, source]).join());
    },
    [filter, setOnly],
  );
  return useMemo(
    () => ({
      filter,
      setText,
      setRegex: (on) => setRegex(on ? '1' : ''),
      setInverse: (on) => setInverse(on ? '1' : ''),
      setLevel,
      toggleSource,
      clear: () => {
        setText('');
        setRegex('');
        setInverse('');
        setOnly('');
        setLevel('debug');
      },
    }),
    [filter, setText, setRegex, setInverse, setLevel, setOnly, toggleSource],
  );
}
