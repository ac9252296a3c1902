'use client';
import { SearchX, Terminal } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount, formatShare } from '@/components/ui/format';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { LogBook } from './log-book';

/** A log without a line to show: nothing has come, nothing matches, or nothing was found so far. */
export function NoLines({ book, onClear }: { book: LogBook; onClear: () => void }) {
  if (book.total === 0) {
    return (
      <EmptyState icon={Terminal} title="No lines yet">
        Containers print as soon as they start.
      </EmptyState>
    );
  }
  if (book.searching !== null) {
    const { done, of } = book.searching;
    return (
      <EmptyState icon={SearchX} title="No line found so far">
        {formatShare(done / Math.max(1, of))} of {formatCount(book.total)} lines were looked through.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      action={
        <Button onClick={onClear} size="small">
          Clear the filter
        </Button>
      }
      icon={SearchX}
      title="No line matches"
    >
      {formatCount(book.total)} lines are hidden by the filter; telemetry is at level debug.
    </EmptyState>
  );
}

/** The pattern in the address could not be used, and nothing was shown before. */
export function NotLooked() {
  return (
    <EmptyState icon={SearchX} title="Nothing was looked for">
      The filter cannot be used as it stands; what is wrong with it is said above.
    </EmptyState>
  );
}

export function LogSkeleton() {
  return (
    <Loading className="flex w-full flex-col gap-2.5 px-4" label="Reading the log">
      {[62, 48, 80, 55, 70, 40].map((width) => (
        <Skeleton key={width} width={`${width}%`} />
      ))}
    </Loading>
  );
}
