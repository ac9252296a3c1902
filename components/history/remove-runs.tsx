'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Picks } from '@/components/runs-list/use-picks';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatBytes, formatPlural } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import type { HistoryRow } from '@/server/api/types';
import { planRemoval, type Removal } from './removal';
import { useForgetRuns } from './use-forget-runs';

type RemoveRunsProps = { open: boolean; onClose: () => void; picks: Picks; rows: readonly HistoryRow[] };

/** Asks once, says what goes, and what the server refused. */
export function RemoveRuns({ open, onClose, picks, rows }: RemoveRunsProps) {
  const removal = planRemoval(picks.ids, rows);
  const { length } = removal.ids;
  const title = length === 0 ? 'None of these can be deleted' : `Delete ${formatPlural(length, 'run', 'runs')}?`;
  return (
    <Dialog onClose={onClose} open={open} title={title}>
      <Question onClose={onClose} picks={picks} removal={removal} />
    </Dialog>
  );
}

type QuestionProps = Pick<RemoveRunsProps, 'onClose' | 'picks'> & { removal: Removal };

function Question({ onClose, picks, removal: { ids, held } }: QuestionProps) {
  const forget = useForgetRuns();
  const remove = useMutation(
    trpc.history.remove.mutationOptions({
      onSuccess: ({ runs, bytes }) => {
        toast(`${formatPlural(runs, 'run', 'runs')} deleted`, { description: `${formatBytes(bytes)} freed` });
        picks.clear();
        forget();
        onClose();
      },
    }),
  );
  const failure = remove.error === null ? null : describeFailure(remove.error);
  return (
    <>
      {ids.length === 0 ? null : (
        <p>
          {ids.length <= 6 ? <span className="mono">{ids.join(', ')}</span> : formatPlural(ids.length, 'run', 'runs')}: the
          measurements, events, eBPF samples and logs
          <Bytes runs={ids.length} />. This cannot be undone; export them first if somebody may ask for them.
        </p>
      )}
      {held.map(({ experiment, runs }) => (
        <p className="mt-2 text-fg-2" key={experiment}>
          {formatPlural(runs, 'run belongs', 'runs belong')} to{' '}
          <PageLink className="mono underline decoration-line-strong underline-offset-2" href={`/experiments/${experiment}`}>
            {experiment}
          </PageLink>{' '}
          and {runs === 1 ? 'stays' : 'stay'}: an experiment is removed as a whole, from its own page.
        </p>
      ))}
      {failure === null ? null : (
        <p className="mt-3 text-bad" role="alert">
          {failure.message} {failure.remedy}
        </p>
      )}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Keep {ids.length === 1 ? 'it' : 'them'}
        </Button>
        <Button disabled={ids.length === 0 || remove.isPending} kind="danger" onClick={() => remove.mutate({ ids })}>
          {remove.isPending ? 'Deleting' : `Delete ${formatPlural(ids.length, 'run', 'runs')}`}
        </Button>
      </div>
    </>
  );
}

/** What they take, by the store's average: what each takes is counted when it goes. */
function Bytes({ runs }: { runs: number }) {
  const size = useQuery(trpc.history.size.queryOptions());
  if (size.data === undefined || size.data.runs === 0) return null;
  const { databaseBytes, fileBytes, runs: stored } = size.data;
  return <>, about {formatBytes(((databaseBytes + fileBytes) / stored) * runs)} by the average of all runs</>;
}
