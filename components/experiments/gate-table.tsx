'use client';
import { memo } from 'react';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { formatCount, formatPlural } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { ExperimentResults } from '@/server/api/types';
import { TableExport } from './table-export';

type GateTableProps = { id: string; gates: ExperimentResults['gates']; runs: number };

/** How many runs each gate held against, or could not judge. */
export const GateTable = memo(function GateTable({ id, gates, runs }: GateTableProps) {
  const table = {
    head: ['gate', 'suspect', 'invalid', 'unknown'],
    rows: gates.map(({ title, suspect, invalid, unknown }) => [title, suspect, invalid, unknown]),
  };
  return (
    <Card label="Gates">
      <CardHead
        actions={gates.length === 0 ? undefined : <TableExport name={`${id}-gates`} table={table} />}
        context={`${formatPlural(runs, 'run', 'runs')} judged`}
        title="Gates"
      />
      {gates.length === 0 ? (
        <p className="px-3 py-3 text-fg-2 md:px-4">
          {runs === 0 ? 'Runs are judged when they are over.' : 'Every run passed every gate.'}
        </p>
      ) : (
        <Table
          head={
            <>
              <Th>Gate</Th>
              <Th numeric>Suspect</Th>
              <Th numeric>Invalid</Th>
              <Th numeric>Not measurable here</Th>
              <Th className="w-full">
                <span className="sr-only">Room</span>
              </Th>
            </>
          }
          label="Gates"
        >
          {gates.map(({ gate, title, suspect, invalid, unknown }) => (
            <Tr key={gate}>
              <Td className="font-medium">{title}</Td>
              <Td className={suspect > 0 ? 'text-warn' : 'text-fg-3'} numeric>
                {formatCount(suspect)}
              </Td>
              <Td className={invalid > 0 ? 'text-bad' : 'text-fg-3'} numeric>
                {formatCount(invalid)}
              </Td>
              <Td className={unknown > 0 ? '' : 'text-fg-3'} numeric>
                {formatCount(unknown)}
              </Td>
              <Td />
            </Tr>
          ))}
        </Table>
      )}
      <CardFoot>Gates that every run passed are left out. Each run’s page shows all of its gates with their numbers.</CardFoot>
    </Card>
  );
});
