import { CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button';
import { EmptyState } from './empty-state';

/** A failure in words: what happened, what to do, and what to send to someone who can help. */
export type Failure = { message: string; remedy: string | null; details: string };

type FailedStateProps = {
  failure: Failure;
  /** What is kept, or a retry. */
  action?: ReactNode;
};

/** What happened and what to do, with details to copy. */
export function FailedState({ failure, action }: FailedStateProps) {
  return (
    <div role="alert">
      <EmptyState
        action={
          <>
            {action}
            <CopyButton label="Copy details" text={failure.details} />
          </>
        }
        icon={CircleX}
        title={failure.message}
        tone="bad"
      >
        {failure.remedy}
      </EmptyState>
    </div>
  );
}
