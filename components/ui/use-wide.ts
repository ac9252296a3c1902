'use client';
import { useSyncExternalStore } from 'react';

/** The same bound as `md:` in class names. */
const WIDE = '(min-width: 721px)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/**
 * Wider than a phone. For long lists alone, where drawing both shapes and hiding one would double the work; rendered on the
 * server it says yes.
 */
export function useWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(WIDE).matches,
    () => true,
  );
}
