'use client';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Button, IconButton } from '@/components/ui/button';
import { formatCount, formatMicros, UNKNOWN } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { shapeOf, wordsOf } from './headline';
import { stepsOf } from './operation-steps';
import { durationUs, type Operation } from './operations';

type OperationCardProps = {
  operation: Operation;
  services: readonly string[];
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
};

/** The chosen operation's steps, with microseconds. */
export function OperationCard({ operation, services, onStep, onClose }: OperationCardProps) {
  const took = durationUs(operation);
  return (
    <section aria-label="Steps of the operation" className="border-line border-t">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2.5 md:px-4">
        <h3>
          Operation <span className="mono">{formatCount(operation.op)}</span>
        </h3>
        <span className="text-12 text-fg-2" data-shape="">
          {wordsOf(shapeOf(operation))}
        </span>
        <span className="text-12 text-fg-3">
          {took === null ? 'its reply was not recorded' : `${formatMicros(took * 1e3)} µs from send to reply at the client`}
        </span>
        <span className="ml-auto flex items-center gap-2">
          <IconButton icon={ChevronLeft} kind="plain" label="Previous operation" onClick={() => onStep(-1)} />
          <IconButton icon={ChevronRight} kind="plain" label="Next operation" onClick={() => onStep(1)} />
          <Button icon={X} onClick={onClose} size="small">
            All operations
          </Button>
        </span>
      </header>
      <Table
        head={
          <>
            <Th>Who</Th>
            <Th>Step</Th>
            <Th numeric>At, µs</Th>
            <Th numeric>Took, µs</Th>
            <Th>From what led to it</Th>
            <Th>Peer</Th>
            <Th>Done by</Th>
          </>
        }
        label="Steps"
      >
        {stepsOf(operation, services).map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name of their own; their order is what they are.
          <Tr dense key={index}>
            <Td>
              <ReplicaTag source={row.who} />
            </Td>
            <Td>{row.step}</Td>
            <Td numeric>{formatMicros(row.atUs * 1e3)}</Td>
            <Td numeric>{row.since === null ? UNKNOWN : formatMicros(row.since.us * 1e3)}</Td>
            <Td className="text-12 text-fg-3">{row.since?.words ?? ''}</Td>
            <Td className="mono text-12 text-fg-2">{row.peer}</Td>
            <Td className={row.kernel ? 'text-accent' : 'text-fg-2'}>{row.kernel ? 'kernel' : 'user space'}</Td>
          </Tr>
        ))}
      </Table>
    </section>
  );
}
