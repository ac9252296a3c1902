import { CircleX } from 'lucide-react';
import { Icon } from '@/components/ui/icon';
import type { RunView, WatchedReplica } from '@/server/api/types';
import { AcrossReplicas } from './across-replicas';
import { AttachPoints } from './attach-points';
import { formatClockMs } from './figures';
import type { Inspection } from './inspection';
import { MapViews } from './map-view';
import { ProgramTable } from './program-table';
import { ALL_REPLICAS } from './replica-list';
import type { InspectionState } from './use-inspection';
import { VerbatimPart } from './verbatim-part';

type NowPartProps = { run: RunView; state: InspectionState; chosen: string };

/** Programs, where they hang, what their maps hold, and bpftool's own words. */
export function NowPart({ run, state, chosen }: NowPartProps) {
  const { inspection, samples, rates } = state;
  if (inspection === null) return null;
  const context = sayReading(inspection);
  if (chosen === ALL_REPLICAS) {
    return <AcrossReplicas at={inspection.at} context={context} rates={rates} replicas={inspection.replicas} />;
  }
  const replica = inspection.replicas.find(({ name }) => name === chosen);
  return (
    <>
      {replica === undefined ? (
        <p className="text-fg-2">
          {run.config.replicas.some(({ service }) => service === chosen)
            ? `${chosen} has not been looked at yet.`
            : `This run has no replica ${chosen}; choose one at the left.`}
        </p>
      ) : (
        <ReplicaParts context={context} inspection={inspection} rates={rates} replica={replica} run={run} />
      )}
      <VerbatimPart replica={chosen} run={run} samples={samples} />
    </>
  );
}

type ReplicaPartsProps = {
  replica: WatchedReplica;
  run: RunView;
  inspection: Inspection;
  rates: InspectionState['rates'];
  context: string;
};

function ReplicaParts({ replica, run, inspection, rates, context }: ReplicaPartsProps) {
  return (
    <>
      {replica.problem === null ? null : (
        <p className="flex gap-2 text-bad" role="alert">
          <Icon className="mt-[3px]" of={CircleX} />
          {replica.problem}
        </p>
      )}
      <ProgramTable context={`of ${replica.name}, ${context}`} rates={rates} replica={replica} />
      <AttachPoints replica={replica} replicas={inspection.replicas} run={run} />
      <MapViews at={inspection.at} maps={replica.maps} />
    </>
  );
}

function sayReading({ source, at, everyMs }: Inspection): string {
  const when = at === null ? '' : formatClockMs(at);
  if (source === 'live') return `read every ${everyMs} ms, last at ${when}`;
  if (source === 'last_look') return `last look at ${when}`;
  return `sampled at ${when}; ns/run is the mean since load`;
}
