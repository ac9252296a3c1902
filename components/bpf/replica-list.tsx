'use client';
import clsx from 'clsx';
import { CircleX, Rows3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { formatPlural } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import type { RunView } from '@/server/api/types';
import type { Inspection } from './inspection';
import { driftsOf, healthOf } from './replica-health';

/** Stands for no single replica in the address. */
export const ALL_REPLICAS = 'all';

type ReplicaListProps = { run: RunView; inspection: Inspection | null; chosen: string; onChoose: (replica: string) => void };

/** All at once first, then each with what it has loaded; what is wrong is red and worded. */
export function ReplicaList({ run, inspection, chosen, onChoose }: ReplicaListProps) {
  const seen = inspection?.replicas ?? [];
  const drifted = driftsOf(seen).length;
  return (
    <ul aria-label="Replicas" className="flex gap-1 overflow-x-auto p-2 md:flex-col">
      <Choice chosen={chosen === ALL_REPLICAS} onChoose={() => onChoose(ALL_REPLICAS)}>
        <span className="flex items-center gap-2">
          <Icon className="mx-1.5 text-fg-3" of={Rows3} />
          All replicas
          <span className="ml-auto pl-2 text-11 text-fg-3">{run.config.replicas.length}</span>
        </span>
        <Line wrong={drifted > 0}>{drifted > 0 ? formatPlural(drifted, 'peer drifted', 'peers drifted') : 'side by side'}</Line>
      </Choice>
      {run.config.replicas.map(({ service }) => {
        const health = healthOf(
          seen.find(({ name }) => name === service),
          run,
        );
        return (
          <Choice chosen={service === chosen} key={service} onChoose={() => onChoose(service)}>
            <span className="flex items-center gap-2">
              <ReplicaTag source={service} />
              <span className="mono text-12">{service}</span>
              <span className="ml-auto pl-2 text-11 text-fg-3">{roleOf(run, service)}</span>
            </span>
            <Line wrong={health.wrong}>{health.says}</Line>
          </Choice>
        );
      })}
    </ul>
  );
}

function roleOf(run: RunView, service: string): string {
  const role = run.replicas.find(({ name }) => name === service)?.role ?? 'unknown';
  return role === 'unknown' ? '' : role;
}

function Choice({ chosen, onChoose, children }: { chosen: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <li className="shrink-0 md:shrink">
      <button
        aria-pressed={chosen}
        className={clsx(
          '-outline-offset-2 flex w-full min-w-[150px] flex-col gap-0.5 rounded-2 border px-2.5 py-2 text-left',
          chosen ? 'border-accent-line bg-accent-soft' : 'border-transparent hover:bg-surface-2',
        )}
        onClick={onChoose}
        type="button"
      >
        {children}
      </button>
    </li>
  );
}

function Line({ wrong, children }: { wrong: boolean; children: ReactNode }) {
  return (
    <span className={clsx('text-11', wrong ? 'text-bad' : 'text-fg-2')}>
      {wrong ? <Icon className="mr-1 inline align-[-1px]" of={CircleX} size={11} /> : null}
      {children}
    </span>
  );
}
