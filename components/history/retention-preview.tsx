'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { FailedState } from '@/components/ui/failed-state';
import { formatBytes, formatCount, formatPlural } from '@/components/ui/format';
import type { RetentionPlan } from '@/server/api/types';
import { RetentionList } from './retention-list';
import { useForgetRuns } from './use-forget-runs';

/** What a policy would remove, run by run; removes it when asked twice. */
export function RetentionPreview({ plan, onClose }: { plan: RetentionPlan; onClose: () => void }) {
  const [asking, setAsking] = useState(false);
  const forget = useForgetRuns();
  const apply = useMutation(
    trpc.history.applyRetention.mutationOptions({
      onSuccess: ({ runs, bytes }) => {
        toast(`${formatPlural(runs, 'run', 'runs')} removed`, { description: `${formatBytes(bytes)} freed` });
        forget();
        onClose();
      },
    }),
  );
  const kept = plan.kept.filter(({ runs }) => runs > 0).map(({ why, runs }) => `${formatCount(runs)} ${why}`);
  const what = formatPlural(plan.remove.length, 'run', 'runs');
  if (plan.remove.length === 0) {
    return (
      <p className="mt-4 border-line border-t pt-3 text-fg-2" role="status">
        Nothing would go: all {formatPlural(plan.totalRuns, 'run', 'runs')} ({formatBytes(plan.totalBytes)}) fit the policy.
      </p>
    );
  }
  const remove = () => apply.mutate({ policy: plan.policy, ids: plan.remove.map(({ id }) => id) });
  return (
    <div className="mt-4 border-line border-t pt-3">
      <p>
        <b>{what}</b> of {formatCount(plan.totalRuns)} would go, <b>{formatBytes(plan.removeBytes)}</b> of{' '}
        {formatBytes(plan.totalBytes)}.{kept.length === 0 ? null : <span className="text-fg-3"> Kept: {kept.join(', ')}.</span>}
      </p>
      <RetentionList remove={plan.remove} />
      {apply.error === null ? null : <FailedState failure={describeFailure(apply.error)} />}
      <div className="mt-3 flex flex-wrap items-center justify-end gap-2">
        {asking ? (
          <>
            <span className="mr-auto text-12" role="status">
              This cannot be undone.
            </span>
            <Button autoFocus onClick={() => setAsking(false)}>
              Keep them
            </Button>
            <Button disabled={apply.isPending} kind="danger" onClick={remove}>
              {apply.isPending ? 'Removing' : `Remove ${what}`}
            </Button>
          </>
        ) : (
          <Button kind="danger" onClick={() => setAsking(true)}>
            Remove these
          </Button>
        )}
      </div>
    </div>
  );
}
