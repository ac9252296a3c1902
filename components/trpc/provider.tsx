'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from './client';
import { OverviewProvider } from './overview';

/** Everything below may ask the server. */
export function ServerProvider({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <OverviewProvider>{children}</OverviewProvider>
    </QueryClientProvider>
  );
}
