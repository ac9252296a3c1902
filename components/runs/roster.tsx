import { Check, CircleX, Flag, Minus } from 'lucide-react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Quiet } from '@/components/ui/badge';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { formatCount, formatShare, UNKNOWN } from '@/components/ui/format';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { ReplicaState, RunView } from '@/server/api/types';

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
            <Th numeric>View</Th>
            <Th numeric>Commit</Th>
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
          {replica.container === 'running' || run.endedAt !== null ? null : (
            <span className="text-12 text-warn">{replica.container}</span>
          )}
        </span>
      </Td>
      <Td className={replica.role === 'leader' ? 'font-semibold' : 'text-fg-2'}>{replica.role}</Td>
      <Td numeric>{formatCount(replica.view)}</Td>
      <Td numeric>{formatCount(replica.commit)}</Td>
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
