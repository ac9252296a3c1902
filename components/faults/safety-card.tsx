import { Check, CircleHelp, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { isOver } from '@/components/runs/use-run-view';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Badge, type Tone } from '@/components/ui/badge';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { formatCount, formatDuration, formatLatency, UNKNOWN } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { FaultRecord, Linearizability, Outage, RunView, Safety } from '@/server/api/types';
import { windowStart } from './fault-marks';
import { sayEnd, sayOrigin } from './fault-words';

const VERDICTS = {
  safe: { icon: Check, tone: 'ok', word: 'safe', text: 'text-ok' },
  unsafe: { icon: CircleX, tone: 'bad', word: 'unsafe', text: 'text-bad' },
  not_decided: { icon: CircleHelp, tone: 'plain', word: 'not decided', text: 'text-fg' },
} as const satisfies Record<Safety['verdict'], { icon: typeof Check; tone: Tone; word: string; text: string }>;

const TITLES = { safe: 'Safe.', unsafe: 'Unsafe.', not_decided: 'Not decided.' } as const satisfies Record<
  Safety['verdict'],
  string
>;

/** Was anything acknowledged lost, done twice or seen out of order? And how long did nobody answer? */
export function SafetyCard({ run }: { run: RunView }) {
  const { safety, faults, outages } = run;
  const look = safety === null ? null : VERDICTS[safety.verdict];
  return (
    <Card label="Safety">
      <CardHead
        actions={
          look === null ? undefined : (
            <Badge icon={look.icon} tone={look.tone}>
              {look.word}
            </Badge>
          )
        }
        context="what clients were told, against every replica’s log"
        title="Safety"
      />
      {safety === null ? <NotJudged run={run} /> : <Verdict safety={safety} />}
      {faults.length === 0 ? null : <Recoveries run={run} />}
      {safety === null && outages.length === 0 ? null : <Outages outages={outages} />}
      <CardFoot>
        Linearizable: one order of all operations explains every reply, key by key. A recovery is from the last reply before a
        silence to the first after it; shorter than 50 ms is none.
      </CardFoot>
    </Card>
  );
}

/** One line, so that what stands below does not move far when the verdict comes. */
function NotJudged({ run }: { run: RunView }) {
  const words = !isOver(run.state)
    ? 'Not judged yet: it is when the run is over, from every replica’s log and all that the clients sent and were told.'
    : run.config.clientFormat === 'lab'
      ? 'Safety of this run was not judged: it did not come to its end, or was recorded before runs were judged for it.'
      : 'These images do not report what it takes to judge safety.';
  return <p className="px-3 py-3 text-12 text-fg-2 md:px-4">{words}</p>;
}

function Verdict({ safety: { verdict, reason, linearizability } }: { safety: Safety }) {
  return (
    <div className="px-3 py-3 md:px-4">
      <p className="text-14 leading-[21px]">
        <strong className={VERDICTS[verdict].text}>{TITLES[verdict]}</strong> {reason}
      </p>
      {linearizability === null ? null : <Numbers found={linearizability} />}
    </div>
  );
}

const HISTORY = {
  linearizable: 'linearizable',
  violated: 'violated',
  not_decided: 'not decided',
} as const satisfies Record<Linearizability['verdict'], string>;

function Numbers({ found }: { found: Linearizability }) {
  return (
    <>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 text-12 md:grid-cols-[repeat(auto-fit,minmax(140px,1fr))]">
        <Fact name="history">{HISTORY[found.verdict]}</Fact>
        <Fact name="operations">{formatCount(found.operations)}</Fact>
        <Fact name="keys">{formatCount(found.keys)}</Fact>
        <Fact name="never answered">{formatCount(found.pending)}</Fact>
        <Fact name="keys not decided">{formatCount(found.undecidedKeys)}</Fact>
        <Fact name="check">
          {formatLatency(found.costNs)} CPU, {formatCount(found.steps)} steps
        </Fact>
      </dl>
      {found.verdict === 'linearizable' ? null : <p className="mt-2 text-12 text-fg-2">{found.reason}</p>}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-fg-3">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}

function Recoveries({ run }: { run: RunView }) {
  const begin = windowStart(run);
  return (
    <div className="border-line border-t">
      <Table
        head={
          <>
            <Th>Fault</Th>
            <Th>Who</Th>
            <Th numeric>At</Th>
            <Th numeric>Lasted</Th>
            <Th numeric>Recovery</Th>
            <Th numeric>Lost</Th>
            <Th numeric>Doubled</Th>
            <Th>Ended</Th>
          </>
        }
        label="Faults and recovery"
      >
        {run.faults.map((fault) => (
          <Recovery begin={begin} fault={fault} key={fault.id} />
        ))}
      </Table>
    </div>
  );
}

function Recovery({ fault, begin }: { fault: FaultRecord; begin: number | null }) {
  const { title, targets, startedAt, endedAt, recoveryMs, lost, doubled, problem } = fault;
  return (
    <Tr className="h-11">
      <Td>
        <span className="block text-warn leading-4">{title}</span>
        <span className="block text-11 text-fg-3 leading-4">{sayOrigin(fault)}</span>
      </Td>
      <Td>
        <span className="flex gap-1">
          {targets.length === 0 ? (
            <span className="text-fg-3">links</span>
          ) : (
            targets.map((name) => <ReplicaTag key={name} source={name} />)
          )}
        </span>
      </Td>
      <Td numeric>{begin === null ? UNKNOWN : formatDuration(Math.max(0, startedAt - begin))}</Td>
      <Td numeric>{endedAt === null ? UNKNOWN : formatDuration(endedAt - startedAt)}</Td>
      <Td numeric>
        {recoveryMs === null ? <span className="text-fg-3">no silence</span> : formatDuration(Math.round(recoveryMs))}
      </Td>
      <Td numeric>{formatCount(lost)}</Td>
      <Td numeric>{formatCount(doubled)}</Td>
      <Td className="text-12 text-fg-2">
        {sayEnd(fault)}
        {problem === null ? null : <span className="block text-warn">{problem}</span>}
      </Td>
    </Tr>
  );
}

/** Lossy links make many short ones; the longest are what a reader asks for. */
const OUTAGES_SHOWN = 6;

function Outages({ outages }: { outages: readonly Outage[] }) {
  if (outages.length === 0) {
    return <p className="border-line border-t px-3 py-2.5 text-12 text-fg-2 md:px-4">No silence of 50 ms or more.</p>;
  }
  const byLength = outages.toSorted((a, b) => b.durationMs - a.durationMs);
  const shown = byLength.slice(0, OUTAGES_SHOWN).sort((a, b) => a.startMs - b.startMs);
  return (
    <div className="border-line border-t px-3 py-2.5 md:px-4">
      <h3>
        Silences{' '}
        <span className="font-normal text-12 text-fg-3">
          {formatCount(outages.length)} of 50 ms or more, the longest {formatDuration(Math.round(byLength[0]?.durationMs ?? 0))}
        </span>
      </h3>
      <ul className="mt-1 text-12 text-fg-2">
        {shown.map((outage) => (
          <li key={outage.startMs}>{sayOutage(outage)}</li>
        ))}
      </ul>
      {outages.length <= OUTAGES_SHOWN ? null : (
        <p className="text-12 text-fg-3">and {formatCount(outages.length - OUTAGES_SHOWN)} that were shorter.</p>
      )}
    </div>
  );
}

/** `at 5.0 s for 312 ms: replica1 led before, replica2 after`. */
export function sayOutage({ startMs, durationMs, leaderBefore, leaderAfter }: Outage): string {
  const when = `at ${(startMs / 1000).toFixed(1)} s for ${formatDuration(Math.round(durationMs))}`;
  if (leaderBefore === null && leaderAfter === null) return when;
  if (leaderBefore === leaderAfter) return `${when}: ${leaderAfter} led before and after`;
  return `${when}: ${leaderBefore ?? 'nobody'} led before, ${leaderAfter ?? 'nobody'} after`;
}
