'use client';
import { StandingBanner } from '@/components/faults/standing-banner';
import { Card, CardHead } from '@/components/ui/card';
import { formatCount } from '@/components/ui/format';
import type { RunView } from '@/server/api/types';
import { leaderOf } from './cluster';
import { PhoneTopology } from './topology-phone';
import { WideTopology } from './topology-wide';
import { useCluster } from './use-cluster';
import { isOver } from './use-run-view';

/** The cluster as a small live picture, and below it the proof's equation. */
export function ClusterCard({ run }: { run: RunView }) {
  const cluster = useCluster(run);
  return (
    <Card className="flex flex-1 flex-col" label="Cluster">
      <CardHead
        context={`${sayView(run)}, quorum ${run.config.quorum} of ${run.config.replicas.length}`}
        actions={isOver(run.state) ? undefined : <span className="text-12 text-fg-3">rates of the last 1 s</span>}
        title="Cluster"
      />
      <StandingBanner standing={run.standing} />
      <div className="flex flex-1 items-center p-3">
        <div className="hidden w-full md:block">
          <WideTopology cluster={cluster} />
        </div>
        <div className="w-full md:hidden">
          <PhoneTopology cluster={cluster} />
        </div>
      </div>
      <ProofEquation run={run} />
    </Card>
  );
}

/** `view 3`; `changing views` while nobody leads. */
function sayView(run: RunView): string {
  if (run.standing?.state === 'changing_views') return 'changing views';
  const leader = leaderOf(run.replicas);
  return leader === undefined ? 'no leader' : `view ${formatCount(leader.view)}`;
}

/** sent x (N-1) = frames, then receipts: in the measured window once it is judged, since start until then. */
function ProofEquation({ run }: { run: RunView }) {
  const followers = run.config.replicas.length - 1;
  const leader = leaderOf(run.replicas);
  const { proof } = run;
  const sent = proof === null ? (leader?.sent ?? null) : proof.mechanism.sent;
  const frames = proof === null ? sum(Object.values(leader?.frames ?? {})) : sum(Object.values(proof.mechanism.frames));
  const receipts =
    proof === null
      ? sum(run.replicas.filter((replica) => replica !== leader).map((replica) => replica.receipts))
      : sum(Object.values(proof.delivery.receipts));
  const lost = proof === null ? null : sum(Object.values(proof.delivery.lost));
  const offloaded = (proof?.mechanism.verdict ?? run.offloadSoFar) === 'offloaded';
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t px-3 py-2.5 md:px-4">
      <Figure name="sent" value={sent} />
      <span className="text-12 text-fg-3">{offloaded ? `× ${followers} =` : 'one call per copy'}</span>
      <Figure name="frames" value={frames} />
      <span className="text-12 text-fg-3">then</span>
      <Figure name="receipts" value={receipts} />
      <span className="ml-auto text-right text-12 text-fg-3">
        {lost === null ? (
          'since start; the proof counts the measured window'
        ) : (
          <>
            <span className={lost === 0 ? 'text-ok' : 'text-bad'}>{formatCount(lost)} lost in the measured window</span>
            {proof === null ? null : <Declared declared={proof.delivery.declared} />}
          </>
        )}
      </span>
    </div>
  );
}

/** Copies that a fault was meant to lose; they say nothing about the offload. */
function Declared({ declared }: { declared: Record<string, number | null> }) {
  if (Object.keys(declared).length === 0) return null;
  const lost = sum(Object.values(declared));
  return (
    <span className="block text-warn">{lost === null ? 'an unknown number' : formatCount(lost)} under declared faults</span>
  );
}

function Figure({ name, value }: { name: string; value: number | null }) {
  return (
    <span>
      <span className="block text-11 text-fg-3 leading-[15px]">{name}</span>
      <span className="font-semibold text-14">{formatCount(value)}</span>
    </span>
  );
}

function sum(values: readonly (number | null)[]): number | null {
  if (values.length === 0) return null;
  return values.reduce<number | null>((total, value) => (total === null || value === null ? null : total + value), 0);
}
