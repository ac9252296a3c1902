import { UNKNOWN } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { BpfAttachment } from '@/server/api/types';

/** Where programs hang in this container's network namespace; classic tc filters among them. */
export function AttachmentTable({ attachments, replica }: { attachments: readonly BpfAttachment[]; replica: string }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold">
        Attach points <span className="font-normal text-12 text-fg-3">network namespace of {replica}</span>
      </h3>
      <div className="rounded-2 border border-line">
        {attachments.length === 0 ? (
          <p className="px-4 py-3 text-fg-2">Nothing is attached in this network namespace.</p>
        ) : (
          <Table
            head={
              <>
                <Th>Kind</Th>
                <Th>Interface</Th>
                <Th>Hook</Th>
                <Th numeric>Program</Th>
                <Th>Name</Th>
                <Th numeric>Priority</Th>
                <Th>Handle</Th>
              </>
            }
            label={`Attach points of ${replica}`}
          >
            {attachments.map((attachment) => (
              <Tr
                key={`${attachment.kind} ${attachment.ifname} ${attachment.hook} ${attachment.programId} ${attachment.handle}`}
              >
                <Td>{attachment.kind}</Td>
                <Td className="mono text-12">
                  {attachment.ifname}
                  {attachment.ifindex === null ? '' : ` (${attachment.ifindex})`}
                </Td>
                <Td>{attachment.hook}</Td>
                <Td numeric>{attachment.programId ?? UNKNOWN}</Td>
                <Td className="mono text-12">{attachment.programName}</Td>
                <Td numeric>{attachment.priority ?? UNKNOWN}</Td>
                <Td className="mono text-12">{attachment.handle ?? UNKNOWN}</Td>
              </Tr>
            ))}
          </Table>
        )}
      </div>
    </section>
  );
}
