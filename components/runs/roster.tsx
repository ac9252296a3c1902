import { Check, CircleX, Flag, type LucideIcon, Minus, Pause, RefreshCw, RotateCcw, Unplug, Zap } from 'lucide-react';
import { AFFLICTED } from '@/components/faults/afflictions';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Quiet, type Tone } from '@/components/ui/badge';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { formatCount, formatPlural, formatShare, UNKNOWN } from '@/components/ui/format';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { Affliction, ReplicaHealth, ReplicaState, RunView } from '@/server/api/types';
import { leaderOf } from './cluster';

/** Who is there, how far, with which log, and whether every broadcast arrived. */
export function Roster({ run }: { run: RunView }) {
  const { proof } = run;
  return (
    <Card label="Replicas">
      <CardHead
        actions={<span className="text-12 text-fg-3">every 100 ms</span>}
        context={proof === null ? undefined : <LogVerdict run={run} />}
        title="Replicas"
      />
      <Table
        head={
          <>
            <Th>Replica</Th>
            <Th>Role</Th>
            <Th>Status</Th>
            <Th numeric>View</Th>
            <Th numeric>Commit</Th>
            <Th>Behind</Th>
            <Th numeric>Acknowledged</Th>
            <Th>{proof?.sameLog.commit == null ? 'Log hash' : `Log hash at ${formatCount(proof.sameLog.commit)}`}</Th>
            <Th numeric>Receipts</Th>
            <Th>{against(run)}</Th>
            <Th numeric>CPU</Th>
            <Th>Address</Th>
          </>
        }
        label="Replicas"
      >
        {run.replicas.map((replica) => (
          <ReplicaRow key={replica.name} replica={replica} run={run} />
        ))}
      </Table>
      <CardFoot>
        CPU is the process's own clock over the last second; the leader's includes softirq work, its receive path among it.
      </CardFoot>
    </Card>
  );
}

function against(run: RunView): string {
  const broadcasts = run.proof?.mechanism.broadcasts ?? null;
  return broadcasts === null ? 'Copies received' : `Against ${formatCount(broadcasts)} broadcasts`;
}

function LogVerdict({ run }: { run: RunView }) {
  const sameLog = run.proof?.sameLog;
  if (sameLog === undefined) return null;
  if (sameLog.verdict === 'same') {
    return (
      <Quiet icon={Check} tone="ok" wraps>
        same log at op {formatCount(sameLog.commit)}, equal to the client's recomputation
      </Quiet>
    );
  }
  return (
    <Quiet icon={sameLog.verdict === 'unknown' ? Minus : CircleX} tone={sameLog.verdict === 'unknown' ? 'plain' : 'bad'} wraps>
      {sameLog.reason}
    </Quiet>
  );
}

function ReplicaRow({ replica, run }: { replica: ReplicaState; run: RunView }) {
  const proven = run.proof?.sameLog.hashes[replica.name] ?? null;
  const hash = proven ?? replica.logHash;
  const receipts = run.proof?.delivery.receipts[replica.name] ?? replica.receipts;
  return (
    <Tr>
      <Td>
        <span className="inline-flex items-center gap-2">
          <ReplicaTag source={replica.name} />
          <span className="mono text-12">{replica.name}</span>
        </span>
      </Td>
      <Td className={replica.role === 'leader' ? 'font-semibold' : 'text-fg-2'}>{replica.role}</Td>
      <Td>
        <Status replica={replica} run={run} />
      </Td>
      <Td numeric>{formatCount(replica.view)}</Td>
      <Td numeric>{formatCount(replica.commit)}</Td>
      <Td>
        <Behind replica={replica} run={run} />
      </Td>
      <Td numeric>
        {replica.role === 'leader' ? <span className="text-fg-3">collects</span> : formatCount(ackedOf(replica, run))}
      </Td>
      <Td>
        <LogHash agreed={run.proof?.sameLog.hash ?? null} hash={hash} proven={proven !== null} />
      </Td>
      <Td numeric>{replica.role === 'leader' ? <span className="text-fg-3">sends</span> : formatCount(receipts)}</Td>
      <Td>
        <Received replica={replica} run={run} />
      </Td>
      <Td numeric>
        <span className="inline-flex items-center gap-2">
          <span aria-hidden="true" className="w-9">
            <ProgressBar fraction={replica.cpuShare ?? 0} label={`CPU of ${replica.name}`} tone="quiet" />
          </span>
          {formatShare(replica.cpuShare)}
        </span>
      </Td>
      <Td className="mono text-12 text-fg-2">{replica.address ?? UNKNOWN}</Td>
    </Tr>
  );
}

const STATUS = {
  normal: { icon: Check, tone: 'plain', words: 'normal' },
  view_change: { icon: RefreshCw, tone: 'warn', words: 'view change' },
  recovering: { icon: RotateCcw, tone: 'warn', words: 'recovering' },
  lost_memory: { icon: CircleX, tone: 'bad', words: 'memory lost' },
} as const satisfies Record<ReplicaHealth, { icon: LucideIcon; tone: Tone; words: string }>;

const ABSENT = {
  killed: CircleX,
  exited: CircleX,
  paused: Pause,
  isolated: Unplug,
  recovering: RotateCcw,
  lost_memory: CircleX,
} as const satisfies Record<Affliction, LucideIcon>;

/** What the lab did to it, else VR Revisited's status, else what the engine says of its container. */
function Status({ replica, run }: { replica: ReplicaState; run: RunView }) {
  const { affliction } = replica;
  if (affliction !== null) {
    return (
      <Quiet icon={ABSENT[affliction]} tone={affliction === 'lost_memory' ? 'bad' : 'warn'}>
        {AFFLICTED[affliction]}
      </Quiet>
    );
  }
  if (replica.container !== 'running' && run.endedAt === null) return <span className="text-warn">{replica.container}</span>;
  if (replica.health === null) return <span className="text-fg-3">{UNKNOWN}</span>;
  const { icon, tone, words } = STATUS[replica.health];
  return (
    <Quiet icon={icon} tone={tone}>
      {words}
    </Quiet>
  );
}

/** Ops that exist somewhere and are not held here. */
function Behind({ replica, run }: { replica: ReplicaState; run: RunView }) {
  const gap = gapOf(replica, run);
  if (gap === null) return <span className="text-fg-3">{UNKNOWN}</span>;
  return gap === 0 ? (
    <span className="text-fg-3">nothing</span>
  ) : (
    <span className="text-warn">{formatPlural(gap, 'op', 'ops')}</span>
  );
}

/** Who hears nothing cannot know what it lacks: the leader's op tells. A killed one holds nothing that could be compared. */
function gapOf(replica: ReplicaState, run: RunView): number | null {
  const { affliction } = replica;
  if (affliction === 'killed' || affliction === 'exited' || affliction === 'lost_memory') return null;
  if (affliction !== 'paused' && affliction !== 'isolated') return replica.gap;
  const head = leaderOf(run.replicas)?.op ?? null;
  return head === null || replica.op === null ? replica.gap : Math.max(0, head - replica.op);
}

function ackedOf({ name }: ReplicaState, { replicas }: RunView): number | null {
  return leaderOf(replicas)?.acked[name] ?? null;
}

function LogHash({ hash, proven, agreed }: { hash: string | null; proven: boolean; agreed: string | null }) {
  if (hash === null) return <span className="text-fg-3">{UNKNOWN}</span>;
  const equal = proven && hash === agreed;
  return (
    <span className="mono inline-flex items-center gap-1.5 text-12" title={hash}>
      <span className="text-fg-3">{hash.slice(0, 4)}</span>
      <span>{hash.slice(4, 8)}</span>
      {proven ? (
        <Quiet icon={equal ? Check : CircleX} tone={equal ? 'ok' : 'bad'}>
          <span className="sr-only">{equal ? 'equal' : 'differs'}</span>
        </Quiet>
      ) : null}
    </span>
  );
}

function Received({ replica, run }: { replica: ReplicaState; run: RunView }) {
  if (replica.role === 'leader') {
    return (
      <Quiet icon={Flag} tone="plain">
        proposes
      </Quiet>
    );
  }
  const lost = run.proof?.delivery.lost[replica.name];
  if (lost === undefined || lost === null)
    return <span className="text-fg-3">{run.proof === null ? 'counted at the end' : 'not counted'}</span>;
  const declared = run.proof?.delivery.declared[replica.name];
  if (lost === 0 && declared !== undefined && declared !== 0) {
    return (
      <Quiet icon={Zap} tone="warn">
        {declared === null ? 'some' : formatCount(declared)} lost, under declared faults
      </Quiet>
    );
  }
  return lost === 0 ? (
    <Quiet icon={Check} tone="ok">
      all received
    </Quiet>
  ) : (
    <Quiet icon={CircleX} tone="bad">
      {formatCount(lost)} lost
    </Quiet>
  );
}
