'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { FailedState } from '@/components/ui/failed-state';
import { NumberField } from '@/components/ui/field';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { RetentionPolicy } from '@/server/api/types';
import { checkRetention, toDraft } from './retention-draft';
import { RetentionPreview } from './retention-preview';

/** Which runs are kept. Nothing goes before it was shown, and nothing that was not shown. */
export function Retention({ onClose }: { onClose: () => void }) {
  const policy = useQuery(trpc.history.retentionPolicy.queryOptions(undefined, { staleTime: 0 }));
  if (policy.error !== null) return <FailedState failure={describeFailure(policy.error)} />;
  if (policy.data === undefined) {
    return (
      <Loading label="Loading the policy">
        <Skeleton height={90} />
      </Loading>
    );
  }
  return <RetentionForm onClose={onClose} policy={policy.data} />;
}

function RetentionForm({ policy, onClose }: { policy: RetentionPolicy; onClose: () => void }) {
  const [draft, setDraft] = useState(() => toDraft(policy));
  const { policy: wanted, errors } = checkRetention(draft);
  const plan = useMutation(trpc.history.planRetention.mutationOptions());
  const type = (changes: Partial<typeof draft>) => {
    setDraft({ ...draft, ...changes });
    // What was shown belongs to the policy it was shown for.
    plan.reset();
  };
  const unlimited = wanted !== null && wanted.maxAgeDays === null && wanted.maxBytes === null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== null) plan.mutate({ policy: wanted });
      }}
    >
      <div className="grid gap-3 md:grid-cols-2">
        <NumberField
          decimal
          error={errors.days}
          hint="Older runs go; empty keeps any age."
          label="Keep runs for"
          onChange={(days) => type({ days })}
          unit="days"
          value={draft.days}
        />
        <NumberField
          decimal
          error={errors.gigabytes}
          hint="The oldest go first; empty does not limit."
          label="Keep at most"
          onChange={(gigabytes) => type({ gigabytes })}
          unit="GB"
          value={draft.gigabytes}
        />
      </div>
      <p className="mt-3 text-12 text-fg-3">
        Runs that are tagged “keep”, are not over, or belong to an experiment that is not over always stay.
      </p>
      <div className="mt-3 flex flex-wrap items-center justify-end gap-2">
        {unlimited ? <span className="mr-auto text-12 text-fg-3">Without a limit everything stays.</span> : null}
        <Button disabled={wanted === null || plan.isPending} type="submit">
          {plan.isPending ? 'Looking' : 'Show what would go'}
        </Button>
      </div>
      {plan.error === null ? null : <FailedState failure={describeFailure(plan.error)} />}
      {plan.data === undefined ? null : <RetentionPreview onClose={onClose} plan={plan.data} />}
    </form>
  );
}
