import { UNKNOWN } from '@/components/ui/format';
import { Table, Td, Tr } from '@/components/ui/table';
import type { BpfAttachment } from '@/server/api/types';
import { inOrder } from './attach-lanes';
import { ATTACH_TERMS } from './glossary';
import { Heads } from './terms';

/** Where programs hang in one network namespace; classic tc filters among them, and hooks that the diagram leaves out. */
export function AttachmentTable({ attachments, replica }: { attachments: readonly BpfAttachment[]; replica: string }) {
  const places = new Map<string, number>();
  return (
    <Table head={<Heads terms={ATTACH_TERMS} />} label={`Attach points of ${replica}`}>
      {inOrder(attachments).map((attachment) => {
        const hook = `${attachment.kind} ${attachment.ifname} ${attachment.hook}`;
        const place = (places.get(hook) ?? 0) + 1;
        places.set(hook, place);
        return (
          <Tr dense key={`${hook} ${place}`}>
            <Td>{attachment.kind}</Td>
            <Td className="mono text-12">
              {attachment.ifname}
              {attachment.ifindex === null ? '' : ` (${attachment.ifindex})`}
            </Td>
            <Td>{attachment.hook}</Td>
            <Td numeric>{place}</Td>
            <Td numeric>{attachment.programId ?? UNKNOWN}</Td>
            <Td className="mono text-12">{attachment.programName || UNKNOWN}</Td>
            <Td numeric>{attachment.priority ?? UNKNOWN}</Td>
            <Td className="mono text-12">{attachment.handle ?? UNKNOWN}</Td>
          </Tr>
        );
      })}
    </Table>
  );
}
