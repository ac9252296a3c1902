import { Button } from '@/components/ui/button';
import { Loading, Skeleton } from '@/components/ui/skeleton';

type MoreRunsProps = { more: (() => void) | null; loading: boolean };

export function MoreRuns({ more, loading }: MoreRunsProps) {
  if (more === null) return null;
  return (
    <div className="flex justify-center border-line border-t p-2">
      <Button disabled={loading} kind="ghost" onClick={more} size="small">
        {loading ? 'Loading' : 'Load more'}
      </Button>
    </div>
  );
}

/** As high as the rows that come. */
export function RunsSkeleton({ rows }: { rows: number }) {
  return (
    <Loading label="Loading the runs">
      <div className="h-8 border-line border-b" />
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <div className="flex h-[37px] items-center gap-6 border-line border-b px-4 last:border-b-0" key={index}>
          <Skeleton width={52} />
          <Skeleton width={80} />
          <Skeleton width={96} />
          <Skeleton className="ml-auto" width={180} />
        </div>
      ))}
    </Loading>
  );
}
