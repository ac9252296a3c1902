'use client';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '@/components/trpc/client';
import { formatBytes, formatPlural } from '@/components/ui/format';

/** What all runs take on this machine's disk; silent until known. */
export function StoreSize() {
  const size = useQuery(trpc.history.size.queryOptions());
  if (size.data === undefined) return null;
  const { runs, databaseBytes, fileBytes } = size.data;
  return (
    <span>
      {formatPlural(runs, 'run', 'runs')} on disk: database {formatBytes(databaseBytes)}, logs {formatBytes(fileBytes)}
    </span>
  );
}
