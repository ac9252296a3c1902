import { CircleX } from 'lucide-react';
import { Card, CardBody } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Icon } from '@/components/ui/icon';
import { Verbatim } from '@/components/ui/verbatim';
import type { RunError as RunErrorFacts, RunView } from '@/server/api/types';

/** Why the run ended early: what happened, what to do, the service's last lines to copy. */
export function RunError({ error, run }: { error: RunErrorFacts; run: RunView }) {
  const details = [
    `${run.config.id} ${run.config.scenario} ${run.config.variant.name}: ${error.code}`,
    error.message,
    ...error.lastLines,
  ].join('\n');
  return (
    <Card label="What went wrong" tone="bad">
      <CardBody>
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2" role="alert">
          <span className="mt-0.5 text-bad">
            <Icon of={CircleX} size={16} />
          </span>
          <div className="min-w-0 flex-1">
            <p className="font-medium text-14 text-bad">{error.message}</p>
            {error.remedy === null ? null : <p className="mt-1 text-fg-2">{error.remedy}</p>}
            {run.completed > 0 ? <p className="mt-1 text-12 text-fg-3">What was measured until then is kept below.</p> : null}
          </div>
          <CopyButton label="Copy details" text={details} />
        </div>
        {error.lastLines.length === 0 ? null : (
          <>
            <p className="mt-3 mb-1 text-12 text-fg-2">
              Last lines of <span className="mono">{error.service ?? 'the run'}</span>
            </p>
            <Verbatim label={`Last lines of ${error.service ?? 'the run'}`} text={error.lastLines.join('\n')} />
          </>
        )}
      </CardBody>
    </Card>
  );
}
