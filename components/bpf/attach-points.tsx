import type { PeerRow, RunView, WatchedReplica } from '@/server/api/types';
import { AttachDiagram } from './attach-diagram';
import { lanesOf } from './attach-lanes';
import { AttachmentTable } from './attachment-table';
import { framesPerOriginal } from './frames-out';
import { ATTACH_TERMS } from './glossary';
import { ScrollBox } from './scroll-box';
import { Box, Section } from './section';
import { WhatTheseMean } from './terms';

type AttachPointsProps = { replica: WatchedReplica; replicas: readonly WatchedReplica[]; run: RunView };

/** A picture where there is room for one, the same as a table for phones and for whoever prefers to read. */
export function AttachPoints({ replica, replicas, run }: AttachPointsProps) {
  const { name, attachments } = replica;
  const lanes = lanesOf(attachments);
  const own = addressOf(name, replicas);
  const pids = [...new Set(replica.programs.flatMap((program) => program.pids.map(({ pid }) => pid)))];
  const address = own === null ? (run.replicas.find((one) => one.name === name)?.address ?? '') : `${own.mac}, ${own.ip}`;
  const table = <AttachmentTable attachments={attachments} replica={name} />;
  return (
    <Section
      context={
        <>
          network namespace of {name}, from <span className="mono">bpftool net</span> and{' '}
          <span className="mono">tc filter show</span>
        </>
      }
      title="Attach points"
    >
      {attachments.length === 0 ? (
        <Box className="px-4 py-3 text-fg-2">Nothing is attached in this network namespace.</Box>
      ) : (
        <>
          {lanes.length === 0 ? null : (
            <ScrollBox className="hidden p-4 md:block" label={`Diagram of ${name}’s attach points`}>
              <AttachDiagram
                framesOut={framesPerOriginal(replica)}
                lanes={lanes}
                process={[pids.length === 0 ? null : `pid ${pids.join(', ')}`, own === null ? null : `port ${own.port}`]
                  .filter((word) => word !== null)
                  .join(', ')}
                replica={name}
                wire={address}
              />
            </ScrollBox>
          )}
          <Box className={lanes.length === 0 ? '' : 'md:hidden'}>{table}</Box>
          {lanes.length === 0 ? null : (
            <details className="mt-1.5 hidden text-12 text-fg-3 md:block">
              <summary className="w-fit">As a table</summary>
              <Box className="mt-1.5 text-fg">{table}</Box>
            </details>
          )}
        </>
      )}
      <WhatTheseMean of="attach points" terms={ATTACH_TERMS} />
    </Section>
  );
}

/** What the engine says of a replica stands in the others' peer maps: its own has no entry for itself. */
function addressOf(replica: string, replicas: readonly WatchedReplica[]): PeerRow['expected'] {
  for (const map of replicas.flatMap(({ maps }) => maps)) {
    const row = map.kind === 'peers' ? map.rows.find((one) => one.replica === replica && one.expected !== null) : undefined;
    if (row !== undefined) return row.expected;
  }
  return null;
}
