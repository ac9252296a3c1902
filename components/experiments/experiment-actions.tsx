'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, Pause, Play, Square, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { trpc } from '@/components/trpc/client';
import { describeFailure, labErrorOf } from '@/components/trpc/failure';
import { Button, LinkButton } from '@/components/ui/button';
import { formatBytes, formatPlural } from '@/components/ui/format';
import type { ExperimentView } from '@/server/api/types';
import { AskOnce } from './ask-once';
import { ExportMenu } from './export-menu';
import { isExperimentOver } from './use-experiment';

type ExperimentActionsProps = {
  record: ExperimentView['record'];
  pausing: boolean;
  /** Runs that are over. */
  runs: number;
  onChange: () => void;
};

/** What can be done with it now. Pausing lets the run that measures finish; cancelling ends it. */
export function ExperimentActions({ record, pausing, runs, onChange }: ExperimentActionsProps) {
  const { id, state, plan } = record;
  return (
    <>
      <ExportMenu id={id} />
      {isExperimentOver(state) ? (
        <>
          <LinkButton href={`/experiments?plan=${id}`} icon={Copy} size="small">
            Plan again
          </LinkButton>
          <Remove id={id} runs={runs} title={plan.title} />
        </>
      ) : (
        <>
          <PauseOrResume id={id} onChange={onChange} paused={state === 'paused' || pausing} />
          <Cancel id={id} onChange={onChange} />
        </>
      )}
    </>
  );
}

/** Over by itself while the question stood: what was asked for has happened. */
function sayFailure(error: unknown): void {
  if (labErrorOf(error)?.code === 'experiment_over') return;
  const { message, remedy } = describeFailure(error);
  toast.error(message, { description: remedy });
}

function PauseOrResume({ id, paused, onChange }: { id: string; paused: boolean; onChange: () => void }) {
  const settle = { onSuccess: onChange, onError: sayFailure };
  const pause = useMutation(
    trpc.experiments.pause.mutationOptions({
      ...settle,
      onSuccess: () => {
        onChange();
        toast(`${id} pauses`, { description: 'The run that measures now is finished first.' });
      },
    }),
  );
  const resume = useMutation(trpc.experiments.resume.mutationOptions(settle));
  if (paused) {
    return (
      <Button disabled={resume.isPending} icon={Play} iconFilled onClick={() => resume.mutate({ id })} size="small">
        Resume
      </Button>
    );
  }
  return (
    <Button disabled={pause.isPending} icon={Pause} onClick={() => pause.mutate({ id })} size="small">
      Pause
    </Button>
  );
}

function Cancel({ id, onChange }: { id: string; onChange: () => void }) {
  const cancel = useMutation(trpc.experiments.cancel.mutationOptions({ onSuccess: onChange, onError: sayFailure }));
  return (
    <AskOnce
      confirm="Cancel the experiment"
      icon={Square}
      iconFilled
      keep="Let it go on"
      onConfirm={() => cancel.mutate({ id })}
      pending={cancel.isPending ? 'Cancelling' : null}
      question={`Cancel ${id}?`}
      word="Cancel"
    >
      The run that measures now is stopped and its cluster removed. Every pair that counts is kept, with what was found from
      them; nothing further runs.
    </AskOnce>
  );
}

function Remove({ id, title, runs }: { id: string; title: string; runs: number }) {
  const router = useRouter();
  const cache = useQueryClient();
  const remove = useMutation(
    trpc.experiments.remove.mutationOptions({
      onSuccess: (removed) => {
        void cache.invalidateQueries(trpc.experiments.list.pathFilter());
        void cache.invalidateQueries(trpc.runs.list.pathFilter());
        toast(`${id} deleted`, {
          description: `${formatPlural(removed.runs, 'run', 'runs')}, ${formatBytes(removed.bytes)} freed`,
        });
        router.push('/experiments');
      },
      onError: sayFailure,
    }),
  );
  return (
    <AskOnce
      confirm="Delete the experiment"
      icon={Trash2}
      keep="Keep it"
      onConfirm={() => remove.mutate({ id })}
      pending={remove.isPending || remove.isSuccess ? 'Deleting' : null}
      question={`Delete ${id}?`}
      word="Delete"
    >
      “{title}” and {formatPlural(runs, 'run', 'runs')} of it go for good, with their measurements and logs. Export the archive
      first if they may be needed again.
    </AskOnce>
  );
}
