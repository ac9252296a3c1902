'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatClock, formatCount, formatPlural, UNKNOWN } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { BpfProgram } from '@/server/api/types';

/** This replica's programs; the rest of the host's are folded, but counted. */
export function ProgramTable({ programs, replica }: { programs: readonly BpfProgram[]; replica: string }) {
  const [open, setOpen] = useState(false);
  const own = programs.filter((program) => program.owner === 'replica');
  const host = programs.filter((program) => program.owner === 'host');
  return (
    <section>
      <h3 className="mb-2 font-semibold">
        Programs <span className="font-normal text-12 text-fg-3">of {replica}, by attach point, holder or shared maps</span>
      </h3>
      <div className="rounded-2 border border-line">
        <Rows label={`Programs of ${replica}`} programs={own} />
        {own.length === 0 ? <p className="px-4 py-3 text-fg-2">{replica} has no program loaded.</p> : null}
      </div>
      {host.length === 0 ? null : (
        <div className="mt-2">
          <Button
            icon={open ? ChevronDown : ChevronRight}
            kind="ghost"
            onClick={() => setOpen(!open)}
            size="small"
            aria-expanded={open}
          >
            {formatPlural(host.length, 'program', 'programs')} of the host {open ? 'shown' : 'hidden'}
          </Button>
          {open ? (
            <div className="mt-1 rounded-2 border border-line">
              <Rows label="Programs of the rest of the host" programs={host} />
            </div>
          ) : null}
        </div>
      )}
    </section>
  );
}

function Rows({ programs, label }: { programs: readonly BpfProgram[]; label: string }) {
  return (
    <Table
      head={
        <>
          <Th numeric>Id</Th>
          <Th>Type</Th>
          <Th>Name</Th>
          <Th>Tag</Th>
          <Th>GPL</Th>
          <Th>Loaded at</Th>
          <Th numeric>uid</Th>
          <Th numeric>Xlated, B</Th>
          <Th numeric>Jited, B</Th>
          <Th numeric>Memlock, B</Th>
          <Th>Maps</Th>
          <Th numeric>BTF</Th>
          <Th>Held by</Th>
          <Th>Why here</Th>
        </>
      }
      label={label}
    >
      {programs.map((program) => (
        <Tr key={program.id}>
          <Td className="font-semibold" numeric>
            {program.id}
          </Td>
          <Td className="text-fg-2">{program.type}</Td>
          <Td className="mono text-12">{program.name || UNKNOWN}</Td>
          <Td className="mono text-12 text-fg-2">{program.tag}</Td>
          <Td className="text-fg-2">{program.gplCompatible ? 'yes' : 'no'}</Td>
          <Td className="text-fg-2">{program.loadedAt === null ? UNKNOWN : formatClock(program.loadedAt * 1000)}</Td>
          <Td numeric>{program.uid ?? UNKNOWN}</Td>
          <Td numeric>{formatCount(program.bytesXlated)}</Td>
          <Td numeric>{program.jited ? formatCount(program.bytesJited) : 'not jited'}</Td>
          <Td numeric>{formatCount(program.bytesMemlock)}</Td>
          <Td className="mono text-12 text-fg-2">{program.mapIds.join(' ') || UNKNOWN}</Td>
          <Td numeric>{program.btfId ?? UNKNOWN}</Td>
          <Td className="mono text-12 text-fg-2">
            {program.pids.map(({ pid, comm }) => `${comm}(${pid})`).join(' ') || UNKNOWN}
          </Td>
          <Td className="text-12 text-fg-3">{program.ownerReason}</Td>
        </Tr>
      ))}
    </Table>
  );
}
