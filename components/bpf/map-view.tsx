import clsx from 'clsx';
import { CircleX } from 'lucide-react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Quiet } from '@/components/ui/badge';
import { formatCount, formatRate, UNKNOWN } from '@/components/ui/format';
import { Table, Td, Tr } from '@/components/ui/table';
import type { FrameRow, WatchedMap } from '@/server/api/types';
import { FIELD_TERMS, FRAME_TERMS, isTrouble, meaningOfCounter, meaningOfField, plainCounter } from './glossary';
import { MapSection } from './map-section';
import { PeersMap } from './peers-map';
import { Box } from './section';
import { Heads, WhatTheseMean } from './terms';

const ORDER = ['peers', 'counters', 'frames', 'fields'] as const satisfies readonly WatchedMap['kind'][];

/** What can be wrong first, then what counts, then everything else. */
export function MapViews({ maps, at }: { maps: readonly WatchedMap[]; at: number | null }) {
  const ordered = [...maps].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.id - b.id);
  return ordered.map((map) => <MapView at={at} key={map.id} map={map} />);
}

function MapView({ map, at }: { map: WatchedMap; at: number | null }) {
  if (map.kind === 'peers') return <PeersMap at={at} map={map} />;
  if (map.kind === 'counters') return <CountersMap map={map} />;
  if (map.kind === 'frames') return <FramesMap map={map} />;
  return <FieldsMap map={map} />;
}

function CountersMap({ map }: { map: Extract<WatchedMap, { kind: 'counters' }> }) {
  return (
    <MapSection context="summed over all CPUs, since load, warm-up included" map={map}>
      <Box>
        <dl className="grid md:grid-cols-3">
          {map.rows.map(({ name, value, perS }) => {
            const bad = value > 0 && isTrouble(name);
            return (
              <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 px-3.5 py-1.5 leading-4" key={name}>
                <dt className="mono text-12 text-fg-2">{plainCounter(name)}</dt>
                <dd className={clsx('text-right font-semibold text-12', bad && 'text-warn')}>{formatCount(value)}</dd>
                <dd className="text-11 text-fg-3 leading-[14px]">{meaningOfCounter(name)}</dd>
                <dd className="text-right text-11 text-fg-3">{perS === null || perS === 0 ? '' : `${formatRate(perS)} /s`}</dd>
              </div>
            );
          })}
        </dl>
        {map.rows.length === 0 ? <Nothing /> : null}
      </Box>
    </MapSection>
  );
}

const WINDOWS = [0, 1, 2] as const;

function FramesMap({ map }: { map: Extract<WatchedMap, { kind: 'frames' }> }) {
  const replicas = [...new Set(map.rows.map(({ replica }) => replica))];
  return (
    <MapSection context="copies past this replica’s egress hook, by counting window and follower" map={map}>
      <Box>
        {replicas.length === 0 ? (
          <Nothing />
        ) : (
          <Table head={<Heads terms={FRAME_TERMS} />} label={`Map ${map.name} (${map.id})`}>
            {replicas.map((replica) => (
              <Tr dense key={replica}>
                <Td>
                  <ReplicaTag source={replica} /> <span className="mono text-12">{replica}</span>
                </Td>
                {WINDOWS.map((window) => (
                  <FrameCell key={window} row={map.rows.find((row) => row.replica === replica && row.window === window)} />
                ))}
              </Tr>
            ))}
          </Table>
        )}
      </Box>
      <WhatTheseMean of={`map ${map.name}`} terms={FRAME_TERMS} />
    </MapSection>
  );
}

function FrameCell({ row }: { row: FrameRow | undefined }) {
  return (
    <Td numeric>
      {row === undefined ? UNKNOWN : formatCount(row.value)}
      {row === undefined || row.perS === null || row.perS === 0 ? null : (
        <span className="ml-2 text-11 text-fg-3">{formatRate(row.perS)} /s</span>
      )}
    </Td>
  );
}

function FieldsMap({ map }: { map: Extract<WatchedMap, { kind: 'fields' }> }) {
  const meanings = map.rows.flatMap(({ field }) => {
    const means = meaningOfField(field);
    return means === null ? [] : [{ term: field, means }];
  });
  const distinct = meanings.filter(({ term }, at) => meanings.findIndex((other) => other.term === term) === at);
  return (
    <MapSection map={map}>
      <Box className="max-h-[420px] overflow-y-auto">
        {map.rows.length === 0 ? (
          <Nothing />
        ) : (
          <Table head={<Heads terms={FIELD_TERMS} />} label={`Map ${map.name} (${map.id})`}>
            {map.rows.map(({ key, field, value, expected, drift }) => (
              <Tr dense key={`${key} ${field}`} tone={drift ? 'bad' : 'plain'}>
                <Td className="mono text-12 text-fg-2">{key}</Td>
                <Td className="mono text-12">{field || UNKNOWN}</Td>
                <Td className={clsx('mono text-12', drift && 'font-semibold text-bad underline')}>{value}</Td>
                <Td className="text-12">
                  {drift ? (
                    <Quiet icon={CircleX} tone="bad">
                      drifted, should be {expected}
                    </Quiet>
                  ) : (
                    <span className="mono text-fg-2">{expected ?? UNKNOWN}</span>
                  )}
                </Td>
              </Tr>
            ))}
          </Table>
        )}
      </Box>
      <WhatTheseMean of={`map ${map.name}`} terms={[...FIELD_TERMS, ...distinct]} />
    </MapSection>
  );
}

function Nothing() {
  return <p className="px-4 py-3 text-fg-2">No entry that can be shown.</p>;
}
