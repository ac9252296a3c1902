import { Check, CircleX, TriangleAlert } from 'lucide-react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Quiet } from '@/components/ui/badge';
import { formatCount, formatRate, UNKNOWN } from '@/components/ui/format';
import { Spark } from '@/components/ui/spark';
import { Table, Td, Tr } from '@/components/ui/table';
import type { WatchedReplica } from '@/server/api/types';
import { groupPrograms, type ProgramGroup, sayGroup, sumOf } from './across';
import { formatCoreShare, formatNsPerRun } from './figures';
import { ACROSS_TERMS } from './glossary';
import { sayDrift } from './peer-words';
import { programKey, type RateHistory } from './rate-history';
import { driftsOf } from './replica-health';
import { Box, Section } from './section';
import { Heads, WhatTheseMean } from './terms';

type AcrossReplicasProps = { replicas: readonly WatchedReplica[]; rates: RateHistory; context: string; at: number | null };

/** Do all replicas run the same code, and what does it cost each of them? */
export function AcrossReplicas({ replicas, rates, context, at }: AcrossReplicasProps) {
  const groups = groupPrograms(replicas);
  const programs = replicas.flatMap((replica) => replica.programs);
  return (
    <>
      <Section context={context} title="Programs of all replicas">
        <Box>
          <Table head={<Heads terms={ACROSS_TERMS} />} label="Programs of all replicas">
            {groups.map((group) => (
              <Group group={group} key={group.name} rates={rates} />
            ))}
          </Table>
          {groups.length === 0 ? <p className="px-4 py-3 text-fg-2">No replica has a program loaded.</p> : null}
          {groups.length === 0 ? null : (
            <p className="border-line border-t px-4 py-2 text-12 text-fg-2">
              Together: {formatCount(programs.length)} programs, {formatRate(sumOf(programs, 'runsPerS'))} runs/s,{' '}
              {formatCoreShare(sumOf(programs, 'cpuShare'))} of a core.
            </p>
          )}
        </Box>
        <WhatTheseMean of="programs of all replicas" terms={ACROSS_TERMS} />
      </Section>
      <Drifts at={at} replicas={replicas} />
    </>
  );
}

function Group({ group, rates }: { group: ProgramGroup; rates: RateHistory }) {
  const { words, fine } = sayGroup(group);
  return group.rows.map(({ replica, program }, at) => (
    <Tr className={at < group.rows.length - 1 ? 'border-b-0' : undefined} dense key={programKey(replica, program.id)}>
      <Td>
        {at === 0 ? (
          <span className="flex items-center gap-2.5">
            <span className="mono font-semibold text-12">{group.name || UNKNOWN}</span>
            <Quiet icon={fine ? Check : TriangleAlert} tone={fine ? 'ok' : 'warn'}>
              <span className="text-12">{words}</span>
            </Quiet>
          </span>
        ) : null}
      </Td>
      <Td>
        <ReplicaTag source={replica} /> <span className="mono text-12">{replica}</span>
      </Td>
      <Td numeric>{program.id}</Td>
      <Td className="mono text-12 text-fg-2">{program.tag}</Td>
      <Td numeric>{formatCount(program.runCnt)}</Td>
      <Td numeric>
        <span className="flex items-center justify-end gap-1.5">
          <Spark colour="var(--text-2)" height={18} values={rates.get(programKey(replica, program.id)) ?? []} width={46} />
          {formatRate(program.runsPerS)}
        </span>
      </Td>
      <Td numeric>{formatNsPerRun(program.nsPerRun)}</Td>
      <Td numeric>{formatCoreShare(program.cpuShare)}</Td>
    </Tr>
  ));
}

/** Every peer map against the engine's truth, all replicas at once. */
function Drifts({ replicas, at }: { replicas: readonly WatchedReplica[]; at: number | null }) {
  const withPeers = replicas.filter(({ maps }) => maps.some(({ kind }) => kind === 'peers'));
  if (withPeers.length === 0) return null;
  const drifts = driftsOf(replicas);
  return (
    <Section context="what the maps hold beside the engine’s truth" title="Peer maps">
      <Box className="px-4 py-2.5">
        {drifts.length === 0 ? (
          <Quiet icon={Check} tone="ok" wraps>
            every peer of {withPeers.length === 1 ? 'one map' : `all ${withPeers.length} maps`} matches
          </Quiet>
        ) : (
          <ul className="flex flex-col gap-1">
            {drifts.map(({ replica, row }) => (
              <li key={`${replica} ${row.key}`}>
                <Quiet icon={CircleX} tone="bad" wraps>
                  {replica}, entry {row.key} for {row.replica ?? 'nobody'}: {sayDrift(row, at)}
                </Quiet>
              </li>
            ))}
          </ul>
        )}
      </Box>
    </Section>
  );
}
