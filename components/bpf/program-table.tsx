import { Info } from 'lucide-react';
import { Quiet } from '@/components/ui/badge';
import { formatClock, formatCount, formatRate, UNKNOWN } from '@/components/ui/format';
import { Spark } from '@/components/ui/spark';
import { Table, Td, Tr } from '@/components/ui/table';
import type { WatchedProgram, WatchedReplica } from '@/server/api/types';
import { formatCoreShare, formatNsPerRun } from './figures';
import { PROGRAM_DETAIL_TERMS, PROGRAM_TERMS } from './glossary';
import { programKey, type RateHistory } from './rate-history';
import { Box, Section } from './section';
import { Heads, WhatTheseMean } from './terms';

type ProgramTableProps = {
  replica: WatchedReplica;
  rates: RateHistory;
  /** When and how it was read. */
  context: string;
};

/** This replica's programs alone, each with the rule that makes it this replica's. */
export function ProgramTable({ replica, rates, context }: ProgramTableProps) {
  const { name, programs } = replica;
  return (
    <Section
      context={context}
      end={
        <Quiet icon={Info} wraps>
          <span className="text-12">Run count is no proof: a program runs on every packet, matching or not.</span>
        </Quiet>
      }
      title="Programs"
    >
      <Box>
        <Table head={<Heads terms={PROGRAM_TERMS} tight />} label={`Programs of ${name}`}>
          {programs.map((program) => (
            <ProgramRows
              key={program.id}
              mapIds={replica.maps.map(({ id }) => id)}
              program={program}
              rates={rates.get(programKey(name, program.id)) ?? []}
            />
          ))}
        </Table>
        {programs.length === 0 ? (
          <p className="px-4 py-3 text-fg-2">
            {name} has no program loaded. One stands here as soon as the replica has loaded it.
          </p>
        ) : null}
      </Box>
      <WhatTheseMean of="programs" terms={[...PROGRAM_TERMS, ...PROGRAM_DETAIL_TERMS]} />
    </Section>
  );
}

const CELL = 'px-[7px]! text-12';

type ProgramRowsProps = { program: WatchedProgram; rates: readonly (number | null)[]; mapIds: readonly number[] };

function ProgramRows({ program, rates, mapIds }: ProgramRowsProps) {
  return (
    <>
      <Tr className="border-b-0">
        <Td className={`${CELL} font-semibold`} numeric>
          {program.id}
        </Td>
        <Td className={`${CELL} text-fg-2`}>{program.type}</Td>
        <Td className={`${CELL} mono font-semibold`}>{program.name || UNKNOWN}</Td>
        <Td className={`${CELL} mono text-fg-2`}>{program.tag}</Td>
        <Td className={`${CELL} text-fg-2`}>{program.loadedAt === null ? UNKNOWN : formatClock(program.loadedAt * 1_000)}</Td>
        <Td className={CELL} numeric>
          {formatCount(program.bytesXlated)}
        </Td>
        <Td className={CELL} numeric>
          {program.jited ? formatCount(program.bytesJited) : 'not jited'}
        </Td>
        <Td className={CELL} numeric>
          {formatCount(program.bytesMemlock)}
        </Td>
        <Td className={`${CELL} whitespace-normal!`}>
          <MapLinks known={mapIds} mapIds={program.mapIds} />
        </Td>
        <Td className={CELL} numeric>
          {formatCount(program.runCnt)}
        </Td>
        <Td className={CELL} numeric>
          <span className="flex items-center justify-end gap-1.5">
            <Spark colour="var(--text-2)" height={18} values={rates} width={46} />
            {formatRate(program.runsPerS)}
          </span>
        </Td>
        <Td className={`${CELL} font-semibold`} numeric>
          {formatNsPerRun(program.nsPerRun)}
        </Td>
        <Td className={CELL} numeric>
          {formatCoreShare(program.cpuShare)}
        </Td>
      </Tr>
      <tr className="border-line border-b last:border-b-0">
        <td className="px-4 pb-2 text-11 text-fg-2" colSpan={PROGRAM_TERMS.length}>
          {sayDetails(program)}
        </td>
      </tr>
    </>
  );
}

function MapLinks({ mapIds, known }: { mapIds: readonly number[]; known: readonly number[] }) {
  if (mapIds.length === 0) return UNKNOWN;
  return (
    <span className="mono flex gap-x-1.5 md:flex-wrap">
      {mapIds.map((id) =>
        known.includes(id) ? (
          <a className="text-accent underline decoration-accent-line underline-offset-2" href={`#map-${id}`} key={id}>
            {id}
          </a>
        ) : (
          <span key={id}>{id}</span>
        ),
      )}
    </span>
  );
}

function sayDetails({ ownerReason, gplCompatible, uid, btfId, pids }: WatchedProgram): string {
  return [
    `this replica’s because ${ownerReason}`,
    gplCompatible ? 'GPL' : 'not GPL',
    uid === null ? null : `uid ${uid}`,
    btfId === null ? 'no BTF' : `BTF ${btfId}`,
    pids.length === 0 ? 'held by no process' : `held by ${pids.map(({ pid, comm }) => `${comm} (pid ${pid})`).join(', ')}`,
  ]
    .filter((word) => word !== null)
    .join(', ');
}
