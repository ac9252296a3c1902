'use client';
import { useMutation } from '@tanstack/react-query';
import { Square, X } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '@/components/trpc/client';
import { describeFailure, labErrorOf } from '@/components/trpc/failure';
import { Button, IconButton } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { RunId } from '@/server/api/types';

type StopRunProps = {
  id: RunId;
  /** It waits: nothing is running yet, so a small mark is enough and nothing has to be asked. */
  queued?: boolean;
};

/** Asks once, stops, and says what was removed. */
export function StopRun({ id, queued = false }: StopRunProps) {
  const [asking, setAsking] = useState(false);
  const stop = useMutation(
    trpc.runs.stop.mutationOptions({
      onSuccess: ({ removed }) => toast(`${id} stopped`, { description: `Removed: ${removed}` }),
      onError: (error) => {
        // It ended by itself while the question stood: what was asked for has happened.
        if (labErrorOf(error)?.code === 'run_over') return;
        const { message, remedy } = describeFailure(error);
        toast.error(message, { description: remedy });
      },
    }),
  );
  const confirm = () => {
    setAsking(false);
    stop.mutate({ id });
  };
  if (queued) {
    return <IconButton disabled={stop.isPending} icon={X} label={`Take ${id} out of the queue`} onClick={confirm} />;
  }
  return (
    <>
      <Button disabled={stop.isPending} icon={Square} iconFilled kind="danger" onClick={() => setAsking(true)} size="small">
        {stop.isPending ? 'Stopping' : 'Stop'}
      </Button>
      <Dialog onClose={() => setAsking(false)} open={asking} title={`Stop ${id}?`}>
        <p>
          Its containers and its network are removed now. What was measured so far is kept, but a stopped run proves nothing.
        </p>
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Let it run</Button>
          <Button autoFocus kind="danger" onClick={confirm}>
            Stop the run
          </Button>
        </div>
      </Dialog>
    </>
  );
}
