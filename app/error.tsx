'use client';
import { PageFrame } from '@/components/shell/page-frame';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FailedState } from '@/components/ui/failed-state';

/** A mistake of the page itself: the frame stays, and the words can be copied into a report. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <PageFrame title="This page broke">
      <Card label="This page broke" tone="bad">
        <FailedState
          action={
            <Button onClick={reset} size="small">
              Draw it again
            </Button>
          }
          failure={{
            message: error.message,
            remedy: 'Runs are not touched by it. Please report the details.',
            details: error.stack ?? error.message,
          }}
        />
      </Card>
    </PageFrame>
  );
}
