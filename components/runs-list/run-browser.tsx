'use client';
import { ArrowLeftRight, Play, Search } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { describeFailure } from '@/components/trpc/failure';
import { useOverview } from '@/components/trpc/overview';
import { Button, LinkButton } from '@/components/ui/button';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { InputBox } from '@/components/ui/field';
import { formatCount } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useKeys } from '@/components/ui/use-keys';
import { useUrlState } from '@/components/ui/use-url-state';
import { compareAddress, togglePick, withLive } from './live-rows';
import { RunCards } from './run-cards';
import { RunTable } from './run-table';
import { useRuns } from './use-runs';

type RunBrowserProps = {
  title: string;
  pageSize: number;
  /** recent: the newest few and a way to all; all: page after page. */
  reach: 'recent' | 'all';
};

/** Runs to search, open, and pick two of to compare. Search and picks stand in the address. */
export function RunBrowser({ title, pageSize, reach }: RunBrowserProps) {
  const [search, setSearch] = useUrlState('q');
  const [pickedText, setPicked] = useUrlState('pick');
  const { rows: stored, total, error, retry, more, loadingMore } = useRuns(search, pageSize);
  const { overview } = useOverview();
  const rows = stored === null ? null : withLive(stored, overview);
  const picked = pickedText === '' ? [] : pickedText.split(',');
  const onPick = (id: string) => setPicked(togglePick(picked, id).join(','));

  return (
    <Card label={title}>
      <CardHead
        actions={
          <>
            <SearchBox onSearch={setSearch} search={search} />
            <CompareButton address={compareAddress(picked, rows ?? [])} picked={picked.length} />
          </>
        }
        context={rows === null || total === 0 ? undefined : `${formatCount(rows.length)} of ${formatCount(total)}`}
        title={title}
      />
      {rows === null && error === null ? <RunsSkeleton rows={Math.min(pageSize, 9)} /> : null}
      {rows === null && error !== null ? (
        <FailedState
          action={
            <Button onClick={retry} size="small">
              Try again
            </Button>
          }
          failure={describeFailure(error)}
        />
      ) : null}
      {rows?.length === 0 ? <NoRuns onClear={() => setSearch('')} reach={reach} search={search} /> : null}
      {rows === null || rows.length === 0 ? null : (
        <>
          <RunTable onPick={onPick} picked={picked} rows={rows} />
          <RunCards onPick={onPick} picked={picked} rows={rows} />
          <More loading={loadingMore} more={more} reach={reach} total={total} />
          <CardFoot>
            Latency is the client’s, over the measured window alone. A dip in latency is no proof of offload: the Offload column
            compares sends, frames and receipts.
          </CardFoot>
        </>
      )}
    </Card>
  );
}

/** Searches when typing rests, so that not every letter is a question to the server. */
function SearchBox({ search, onSearch }: { search: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(search);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text === search) return;
    const timer = setTimeout(() => latest.current(text), 250);
    return () => clearTimeout(timer);
  }, [text, search]);
  useKeys([{ keys: '/', does: 'Search the runs', run: () => input.current?.focus() }]);
  return (
    <InputBox
      aria-label="Search the runs"
      before={<Icon className="text-fg-3" of={Search} />}
      className="w-[150px] md:w-[200px]"
      onChange={(event) => setText(event.target.value)}
      placeholder="scenario, variant, id"
      ref={input}
      size="small"
      type="search"
      value={text}
    />
  );
}

function CompareButton({ address, picked }: { address: string | null; picked: number }) {
  if (address !== null) {
    return (
      <LinkButton href={address} icon={ArrowLeftRight} kind="primary" size="small">
        Compare two
      </LinkButton>
    );
  }
  return (
    <Button disabled icon={ArrowLeftRight} size="small" title="Pick two finished runs">
      {picked === 1 ? 'Pick one more' : 'Pick two'}
    </Button>
  );
}

type MoreProps = { reach: 'recent' | 'all'; more: (() => void) | null; loading: boolean; total: number };

function More({ reach, more, loading, total }: MoreProps) {
  if (more === null) return null;
  return (
    <div className="flex justify-center border-line border-t p-2">
      {reach === 'all' ? (
        <Button disabled={loading} kind="ghost" onClick={more} size="small">
          {loading ? 'Loading' : 'Load more'}
        </Button>
      ) : (
        <LinkButton href="/runs" kind="ghost" size="small">
          All {formatCount(total)} runs
        </LinkButton>
      )}
    </div>
  );
}

function NoRuns({ search, onClear, reach }: { search: string; onClear: () => void; reach: 'recent' | 'all' }) {
  if (search !== '') {
    return (
      <EmptyState
        action={
          <Button onClick={onClear} size="small">
            Clear the search
          </Button>
        }
        icon={Search}
        title="No run matches"
      >
        Nothing has “{search}” in its id, scenario or variant.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Play} title="No runs yet" tone="accent">
      {reach === 'recent' ? (
        'Choose a scenario above and launch it; start with three replicas and the baseline.'
      ) : (
        <Link className="text-accent underline" href="/">
          Open the control panel and launch one
        </Link>
      )}
    </EmptyState>
  );
}

function RunsSkeleton({ rows }: { rows: number }) {
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
