import clsx from 'clsx';
import { Check, CircleX, Minus } from 'lucide-react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Quiet } from '@/components/ui/badge';
import { formatClock, UNKNOWN } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import { Table, Td, Tr } from '@/components/ui/table';
import type { PeerRow, WatchedMap } from '@/server/api/types';
import { PEER_TERMS } from './glossary';
import { MapSection } from './map-section';
import { compareMacs, sayConsequence, sayDrift } from './peer-words';
import { Box } from './section';
import { Heads, WhatTheseMean } from './terms';

type PeersMapProps = { map: Extract<WatchedMap, { kind: 'peers' }>; at: number | null };

/** Where copies go, beside where they should: the engine's truth and this replica's own neighbour table. */
export function PeersMap({ map, at }: PeersMapProps) {
  const rows = map.rows.filter((row) => row.replica !== null || row.drift.length > 0 || row.valid);
  const drifted = rows.filter(({ drift }) => drift.length > 0);
  return (
    <MapSection context={`${rows.length} of ${map.maxEntries} entries in use`} map={map}>
      <Box>
        <Table head={<Heads terms={PEER_TERMS} />} label={`Map ${map.name} (${map.id})`}>
          {rows.map((row) => (
            <Row at={at} key={row.key} row={row} />
          ))}
        </Table>
        {drifted.map((row) => (
          <p className="border-line border-t px-4 py-2 text-12 text-bad" key={row.key}>
            <Icon className="mr-1.5 inline align-[-2px]" of={CircleX} />
            {sayConsequence(row)}
          </p>
        ))}
      </Box>
      <WhatTheseMean of={`map ${map.name}`} terms={PEER_TERMS} />
    </MapSection>
  );
}

function Row({ row, at }: { row: PeerRow; at: number | null }) {
  const bad = row.drift.length > 0;
  const addressBad = row.drift.includes('ip') || row.drift.includes('port');
  return (
    <Tr dense tone={bad ? 'bad' : 'plain'}>
      <Td numeric>{row.key}</Td>
      <Td>
        {row.replica === null ? (
          <span className="text-fg-3">nobody</span>
        ) : (
          <>
            <ReplicaTag source={row.replica} /> <span className="mono text-12">{row.replica}</span>
          </>
        )}
      </Td>
      <Td className={clsx('mono text-12', addressBad ? 'text-bad underline' : row.own && 'text-fg-3')}>
        {row.ip}:{row.port}
        {addressBad && row.expected !== null ? ` instead of ${row.expected.ip}:${row.expected.port}` : ''}
      </Td>
      <Td>
        <Mac mac={row.mac} other={row.expected?.mac ?? null} />
      </Td>
      <Td>
        {row.own ? (
          <span className="text-12 text-fg-3">own</span>
        ) : row.expected === null ? (
          UNKNOWN
        ) : (
          <Mac mac={row.expected.mac} other={row.mac} />
        )}
      </Td>
      <Td>{row.neighbourMac === null ? UNKNOWN : <Mac mac={row.neighbourMac} other={row.expected?.mac ?? null} />}</Td>
      <Td className="text-12">
        <State at={at} row={row} />
      </Td>
    </Tr>
  );
}

/** Bytes that differ are bold, underlined and red, and read out as different. */
function Mac({ mac, other }: { mac: string; other: string | null }) {
  const bytes = compareMacs(mac, other);
  return (
    <span className="mono text-12 text-fg-2">
      {bytes.map(({ byte, differs }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a byte is its place.
        <span key={at}>
          {at === 0 ? '' : ':'}
          {differs ? <b className="font-bold text-bad underline underline-offset-[3px]">{byte}</b> : byte}
        </span>
      ))}
      {bytes.some(({ differs }) => differs) ? <span className="sr-only"> (differs)</span> : null}
    </span>
  );
}

function State({ row, at }: { row: PeerRow; at: number | null }) {
  if (row.drift.length > 0) {
    return (
      <Quiet icon={CircleX} tone="bad">
        <b title={row.driftedSince === null ? undefined : `first seen at ${formatClock(row.driftedSince)}`}>
          {sayDrift(row, at)}
        </b>
      </Quiet>
    );
  }
  if (row.own) return <Quiet icon={Minus}>this replica</Quiet>;
  if (row.expected === null) return <Quiet icon={Minus}>the engine knows no such container</Quiet>;
  return (
    <Quiet icon={Check} tone="ok">
      matches
    </Quiet>
  );
}
