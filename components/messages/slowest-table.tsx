'use client';
import { memo } from 'react';
import { formatCount, formatMicros, UNKNOWN } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { LEG_WORDS, legUs, longestLeg } from './legs';
import { durationUs, type Operation } from './operations';

type SlowestTableProps = {
  operations: readonly Operation[];
  of: number;
  chosen: number | null;
  onPick: (operation: Operation) => void;
};

/** What kept the client waiting longest; a row opens its operation. */
export const SlowestTable = memo(function SlowestTable({ operations, of, chosen, onPick }: SlowestTableProps) {
  return (
    <section aria-label="Slowest operations" className="min-w-0">
      <header className="flex flex-wrap items-baseline gap-x-3 px-3 pt-3 pb-1 md:px-4">
        <h3>Slowest operations</h3>
        <span className="text-12 text-fg-3">of {formatCount(of)} kept, by the client's clock</span>
      </header>
      <Table
        className="max-h-[300px] overflow-y-auto"
        head={
          <>
            <Th>Operation</Th>
            <Th numeric>Took, µs</Th>
            <Th>Longest of its ways</Th>
            <Th numeric>µs</Th>
          </>
        }
        label="Slowest operations"
      >
        {operations.map((operation) => (
          <SlowRow chosen={chosen === operation.op} key={operation.op} onPick={onPick} operation={operation} />
        ))}
      </Table>
    </section>
  );
});

type SlowRowProps = { operation: Operation; chosen: boolean; onPick: (operation: Operation) => void };

function SlowRow({ operation, chosen, onPick }: SlowRowProps) {
  const longest = longestLeg(operation);
  const took = durationUs(operation);
  return (
    <Tr dense tone={chosen ? 'selected' : 'plain'}>
      <Td>
        <button
          aria-label={`Show operation ${operation.op}`}
          aria-pressed={chosen}
          className="mono text-12 text-accent underline decoration-line-strong underline-offset-2"
          onClick={() => onPick(operation)}
          type="button"
        >
          {formatCount(operation.op)}
        </button>
      </Td>
      <Td numeric>{took === null ? UNKNOWN : formatMicros(took * 1e3)}</Td>
      <Td className="text-fg-2">{longest === null ? 'not all of it was recorded' : LEG_WORDS[longest.name]}</Td>
      <Td className="text-fg-2" numeric>
        {longest === null ? UNKNOWN : formatMicros(legUs(operation, longest) * 1e3)}
      </Td>
    </Tr>
  );
}
