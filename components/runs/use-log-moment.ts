'use client';
import { useCallback } from 'react';
import { useUrlState } from '@/components/ui/use-url-state';

/**
 * Opens the log at a moment, given in milliseconds since measuring began: `?tab=logs&at=12345`, from which the log view takes
 * it up.
 */
export function useLogMoment(): (atMs: number) => void {
  const [, setTab] = useUrlState('tab', 'logs');
  const [, setAt] = useUrlState('at');
  return useCallback(
    (atMs: number) => {
      setTab('logs');
      setAt(String(Math.round(atMs)));
    },
    [setTab, setAt],
  );
}
