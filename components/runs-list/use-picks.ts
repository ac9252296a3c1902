'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useUrlState } from '@/components/ui/use-url-state';
import { PICKS_IN_ADDRESS, readPicks, togglePick, togglePicks } from './picks';

export type Picks = {
  /** In the order they were picked. */
  ids: readonly string[];
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  toggleAll: (ids: readonly string[]) => void;
  clear: () => void;
};

/** Picked runs, in the address (`?pick=r-0001,r-0002`) while they are few. The functions stay the same from draw to draw. */
export function usePicks(): Picks {
  const [text, setText] = useUrlState('pick');
  const [many, setMany] = useState<readonly string[] | null>(null);
  const ids = useMemo(() => many ?? readPicks(text), [many, text]);
  const known = useMemo(() => new Set(ids), [ids]);
  const latest = useRef(ids);
  latest.current = ids;
  const set = useCallback(
    (next: readonly string[]) => {
      const fits = next.length <= PICKS_IN_ADDRESS;
      latest.current = next;
      setMany(fits ? null : next);
      setText(fits ? next.join(',') : '');
    },
    [setText],
  );
  const toggle = useCallback((id: string) => set(togglePick(latest.current, id)), [set]);
  const toggleAll = useCallback((shown: readonly string[]) => set(togglePicks(latest.current, shown)), [set]);
  const clear = useCallback(() => set([]), [set]);
  return { ids, has: (id) => known.has(id), toggle, toggleAll, clear };
}
