'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Braces, RefreshCw } from 'lucide-react';
import { isOver } from '@/components/runs/use-run-view';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { BpfCode, RunView } from '@/server/api/types';
import { CodeCompare } from './code-compare';
import { CodeView } from './code-view';
import { ALL_REPLICAS } from './replica-list';

/** Translated code of a replica's programs, alone or beside another's; of all replicas, the first one's beside the others'. */
export function CodePart({ run, chosen }: { run: RunView; chosen: string }) {
  const { id, replicas } = run.config;
  const codes = useQuery(trpc.bpf.codes.queryOptions({ id }));
  const replica = chosen === ALL_REPLICAS ? (replicas[0]?.service ?? '') : chosen;
  if (codes.data === undefined && codes.error !== null) {
    return (
      <FailedState
        action={
          <Button onClick={() => void codes.refetch()} size="small">
            Try again
          </Button>
        }
        failure={describeFailure(codes.error)}
      />
    );
  }
  if (codes.data === undefined) {
    return (
      <Loading className="flex flex-col gap-3" label="Reading the code">
        <Skeleton height={40} />
        <Skeleton height={240} />
      </Loading>
    );
  }
  const own = codes.data.filter((code) => code.replica === replica);
  return (
    <>
      <ReadCodes codes={codes.data} replica={replica} run={run} />
      {own.length === 0 ? (
        <EmptyState icon={Braces} title={`No code of ${replica} is kept`}>
          {isOver(run.state)
            ? 'It is read once while a run goes on and its tab is open, or on demand; this run is over.'
            : 'Read it now; it is kept with the run.'}
        </EmptyState>
      ) : (
        <>
          <CodeCompare codes={codes.data} replica={replica} run={run} />
          {own.map((code) => (
            <CodeView code={code} key={code.programId} />
          ))}
        </>
      )}
    </>
  );
}

type ReadCodesProps = { run: RunView; replica: string; codes: readonly BpfCode[] };

/** Reads what one replica has loaded now; the others' is one click more. */
function ReadCodes({ run, replica, codes }: ReadCodesProps) {
  const { id, replicas } = run.config;
  const cache = useQueryClient();
  const read = useMutation(
    trpc.bpf.readCodes.mutationOptions({ onSuccess: () => cache.invalidateQueries(trpc.bpf.codes.pathFilter()) }),
  );
  if (isOver(run.state) || run.state === 'queued') return null;
  const unread = replicas.filter(({ service }) => !codes.some((code) => code.replica === service));
  const readAll = async () => {
    for (const { service } of unread) await read.mutateAsync({ id, replica: service }).catch(() => undefined);
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button disabled={read.isPending} icon={RefreshCw} onClick={() => read.mutate({ id, replica })} size="small">
        Read the code of {replica} now
      </Button>
      {unread.length < 2 ? null : (
        <Button disabled={read.isPending} onClick={() => void readAll()} size="small">
          Read that of {unread.length === replicas.length ? 'all replicas' : `the other ${unread.length}`}
        </Button>
      )}
      <span className="text-12 text-fg-3">
        {read.isPending
          ? 'Reading; bpftool disassembles every program.'
          : 'bpftool disassembles beside the cluster, or in the replica if nobody looks yet.'}
      </span>
      {read.error === null ? null : (
        <span className="basis-full text-12 text-bad" role="alert">
          {describeFailure(read.error).message}
        </span>
      )}
    </div>
  );
}
