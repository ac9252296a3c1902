'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { InputBox } from '@/components/ui/field';
import { formatCount, formatPlural, UNKNOWN } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import { Table, Td, Tr } from '@/components/ui/table';
import { HOST_TERMS } from './glossary';
import type { Inspection } from './inspection';
import { Box, Section } from './section';
import { Heads, WhatTheseMean } from './terms';

export const HOST_SECTION = 'programs-of-the-host';

/** How a replica's programs are told from the rest of the kernel's, in the order in which the rules are tried. */
const RULES = [
  'attached at an interface of the replica’s network namespace',
  'held open by one of its processes',
  'loaded together with such a program: the same BTF object and a shared map',
] as const;

type HostNoiseProps = { count: number; open: boolean; onToggle: () => void };

/** The rest of the kernel, folded but counted, and the rule by which it was told apart. */
export function HostNoise({ count, open, onToggle }: HostNoiseProps) {
  return (
    <div className="flex flex-col gap-1 border-line border-t p-3">
      <button
        aria-controls={open ? HOST_SECTION : undefined}
        aria-expanded={open}
        className="flex min-h-8 items-start gap-1.5 py-1.5 text-left text-12 text-fg-2 hover:text-fg md:min-h-[26px] md:py-1"
        onClick={onToggle}
        type="button"
      >
        <Icon className="mt-0.5" of={open ? ChevronDown : ChevronRight} />
        <span>
          {formatPlural(count, 'program', 'programs')} of the host {open ? 'shown' : 'hidden'}
        </span>
      </button>
      <div className="text-11 text-fg-3">
        <p>bpftool sees the whole kernel. A program is shown as a replica’s by the first rule that holds:</p>
        <ol className="mt-1 list-decimal pl-4">
          {RULES.map((rule) => (
            <li key={rule}>{rule}.</li>
          ))}
        </ol>
      </div>
    </div>
  );
}

/** Programs of nobody in this run: the system's own, other clusters', other people's. */
export function HostPrograms({ host }: { host: Inspection['host'] }) {
  const [words, setWords] = useState('');
  const field = useId();
  const wanted = words.trim().toLowerCase();
  const shown = host.filter(({ id, type, name, tag }) => `${id} ${type} ${name} ${tag}`.toLowerCase().includes(wanted));
  return (
    <Section
      context={`${formatCount(shown.length)} of ${formatCount(host.length)}${wanted === '' ? '' : ' match'}: ${sayTypes(shown)}`}
      end={
        <>
          <label className="sr-only" htmlFor={field}>
            Filter the host’s programs
          </label>
          <InputBox
            className="w-[220px]"
            id={field}
            onChange={(event) => setWords(event.target.value)}
            placeholder="id, type, name or tag"
            size="small"
            type="search"
            value={words}
          />
        </>
      }
      id={HOST_SECTION}
      title="Programs of the host"
    >
      <Box className="max-h-[360px] overflow-y-auto">
        {shown.length === 0 ? (
          <p className="px-4 py-3 text-fg-2">
            {host.length === 0 ? 'Nothing else is loaded on this machine.' : `No program of the host matches “${words}”.`}
          </p>
        ) : (
          <Table head={<Heads terms={HOST_TERMS} />} label="Programs of the host">
            {shown.map(({ id, type, name, tag }) => (
              <Tr dense key={id}>
                <Td numeric>{id}</Td>
                <Td className="text-fg-2">{type}</Td>
                <Td className="mono text-12">{name || UNKNOWN}</Td>
                <Td className="mono text-12 text-fg-2">{tag}</Td>
              </Tr>
            ))}
          </Table>
        )}
      </Box>
      <WhatTheseMean of="programs of the host" terms={HOST_TERMS} />
    </Section>
  );
}

/** `31 cgroup_device, 20 cgroup_skb`: the most frequent first. */
function sayTypes(programs: Inspection['host']): string {
  const counts = new Map<string, number>();
  for (const { type } of programs) counts.set(type, (counts.get(type) ?? 0) + 1);
  if (counts.size === 0) return 'none';
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([type, count]) => `${formatCount(count)} ${type}`)
    .join(', ');
}
