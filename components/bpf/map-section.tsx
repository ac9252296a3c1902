import type { ReactNode } from 'react';
import type { WatchedMap } from '@/server/api/types';
import { Section } from './section';

type MapSectionProps = { map: WatchedMap; context?: string; children: ReactNode };

/** One map, under its name; programs above link here. */
export function MapSection({ map, context, children }: MapSectionProps) {
  const shape = `id ${map.id}, ${map.type}, key ${map.keyBytes} B, value ${map.valueBytes} B`;
  return (
    <Section
      context={`${shape}, ${context ?? `at most ${map.maxEntries} entries`}`}
      id={`map-${map.id}`}
      title={
        <>
          Map <span className="mono">{map.name || 'without a name'}</span>
        </>
      }
    >
      {map.problem === null ? null : <p className="mb-2 text-12 text-fg-2">{map.problem}</p>}
      {map.problem !== null && map.rows.length === 0 ? null : children}
    </Section>
  );
}
