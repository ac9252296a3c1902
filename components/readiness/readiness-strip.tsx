'use client';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { Check, TriangleAlert } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CommandBox } from '@/components/ui/command-box';
import { FailedState } from '@/components/ui/failed-state';
import { formatClock, formatPlural } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { Readiness, ReadinessCheck } from '@/server/api/types';
import { NotReady } from './not-ready';

/** Can this machine run the lab: one calm line when all is well, the notes beside it, the mending command when not. */
export function ReadinessStrip() {
  const { data, error, refetch, isFetching } = useQuery(trpc.host.readiness.queryOptions());
  const recheck = () => void refetch();
  if (data !== undefined) {
    return data.canLaunch ? (
      <Ready checking={isFetching} onRecheck={recheck} readiness={data} />
    ) : (
      <NotReady checking={isFetching} onRecheck={recheck} readiness={data} />
    );
  }
  return (
    <Card label="Machine readiness">
      {error === null ? (
        <Loading className="flex min-h-[92px] flex-col justify-center gap-2 px-4 md:min-h-[106px]" label="Checking the machine">
          <Skeleton width={180} />
          <Skeleton width={120} />
        </Loading>
      ) : (
        <FailedState
          action={
            <Button onClick={recheck} size="small">
              Check again
            </Button>
          }
          failure={describeFailure(error)}
        />
      )}
    </Card>
  );
}

type ReadyProps = { readiness: Readiness; checking: boolean; onRecheck: () => void };

function Ready({ readiness, checking, onRecheck }: ReadyProps) {
  const [open, setOpen] = useState(false);
  const { checks } = readiness;
  const notes = checks.filter(({ state }) => state !== 'pass');
  const calm = notes.length === 0 && !open;
  return (
    <Card className={calm ? undefined : 'overflow-hidden'} label="Machine readiness">
      <div className="lg:flex">
        <div
          className={clsx(
            'flex shrink-0 gap-x-4 gap-y-px px-3 py-[11px] md:px-4',
            calm ? 'flex-wrap items-baseline' : 'flex-col lg:w-[172px]',
          )}
        >
          <span className="inline-flex items-center gap-1.5 font-semibold text-ok">
            <Icon of={Check} />
            Machine ready
          </span>
          <span className="text-11 text-fg-2 leading-[15px]">{summaryOf(checks.length - notes.length, notes.length)}</span>
          <span className="flex flex-wrap items-baseline gap-x-1.5 text-11 text-fg-3 leading-[15px]">
            {checking ? 'checking' : `checked ${formatClock(readiness.checkedAt)}`}
            <TextButton disabled={checking} onClick={onRecheck}>
              check again
            </TextButton>
            <TextButton aria-expanded={open} onClick={() => setOpen((before) => !before)}>
              {open ? 'less' : 'details'}
            </TextButton>
          </span>
        </div>
        {calm ? null : (
          <div
            className={clsx(
              'min-w-0 grow grid-cols-2 md:grid md:grid-cols-4 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none',
              // A phone has room for the launch form or for eight checks that passed, not for both.
              open ? 'grid' : 'hidden',
            )}
          >
            {checks.map((check) => (
              <CheckCell check={check} key={check.id} whole={open} />
            ))}
          </div>
        )}
      </div>
      {open ? <Commands checks={notes} /> : null}
    </Card>
  );
}

/** `whole` shows all of the detail, else its first two lines. */
function CheckCell({ check, whole }: { check: ReadinessCheck; whole: boolean }) {
  const passed = check.state === 'pass';
  return (
    <div className="-mb-px -ml-px lg:-mt-px flex min-w-0 flex-col gap-px border-line border-t border-l px-3 py-[11px]">
      <span className="flex items-start gap-1.5 text-12 text-fg-2 leading-[16px]">
        <Icon className={passed ? 'mt-px text-ok' : 'mt-px text-warn'} of={passed ? Check : TriangleAlert} />
        {check.title}
      </span>
      <span className="font-semibold [overflow-wrap:anywhere]">{check.value}</span>
      <span className={clsx('text-11 text-fg-3 leading-[15px] [overflow-wrap:anywhere]', !whole && 'line-clamp-2')}>
        {check.detail}
      </span>
    </div>
  );
}

/** What would mend the notes: optional, so it stands behind `details`. */
function Commands({ checks }: { checks: readonly ReadinessCheck[] }) {
  return checks.flatMap(({ id, title, detail, command }) =>
    command === null ? (
      []
    ) : (
      <div className="border-line border-t px-3 py-2.5 md:px-4" key={id}>
        <p className="mb-1.5 text-12 text-fg-2">
          {title}: {detail} Optional:
        </p>
        <CommandBox command={command} />
      </div>
    ),
  );
}

function TextButton(props: ComponentProps<'button'>) {
  return <button className="text-accent underline-offset-2 hover:underline disabled:text-fg-3" type="button" {...props} />;
}

function summaryOf(passed: number, notes: number): string {
  const first = formatPlural(passed, 'check passes', 'checks pass');
  return notes === 0 ? first : `${first}, ${formatPlural(notes, 'note', 'notes')}`;
}
