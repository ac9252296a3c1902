'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';

/**
 * One value of the address's query. The empty string means absent. Setting it replaces the entry in the history
 * without a visit to the server and without moving the scroll; other values stay as they are.
 * Pages that use it need a Suspense boundary above, as `useSearchParams` does.
 */
export function useUrlState(key: string, fallback = ''): [string, (value: string) => void] {
  const params = useSearchParams();
  const path = usePathname();
  const inAddress = params.get(key) ?? fallback;
  // The router takes the new address up in a transition; a click has to show at once.
  const [ahead, setAhead] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the address came to say ends what ran ahead of it.
  useEffect(() => setAhead(null), [inAddress]);
  const set = useCallback(
    (value: string) => {
      setAhead(value === '' ? fallback : value);
      // Read the address itself: two values set in one event must not undo each other.
      const next = new URLSearchParams(window.location.search);
      if (value === '' || value === fallback) next.delete(key);
      else next.set(key, value);
      const query = next.toString();
      window.history.replaceState(null, '', query === '' ? path : `${path}?${query}`);
    },
    [key, fallback, path],
  );
  return [ahead ?? inAddress, set];
}
