'use client';
import clsx from 'clsx';
import { FolderX } from 'lucide-react';
import { useId } from 'react';
import { Icon } from '@/components/ui/icon';
import type { BrokenScenario, Scenario } from '@/server/api/types';
import { ClusterPicture } from './cluster-picture';

type ScenarioCardsProps = {
  scenarios: readonly Scenario[];
  broken: readonly BrokenScenario[];
  chosen: string;
  onChoose: (name: string) => void;
};

/** One card per folder. Native radio buttons underneath; folders that cannot be launched say why, below. */
export function ScenarioCards({ scenarios, broken, chosen, onChoose }: ScenarioCardsProps) {
  const group = useId();
  return (
    <>
      <fieldset
        aria-label="Scenario"
        className="grid min-w-0 grid-cols-2 gap-2.5 md:grid-cols-[repeat(auto-fit,minmax(160px,1fr))]"
      >
        {scenarios.map((scenario) => (
          <ScenarioCard
            chosen={scenario.name === chosen}
            group={group}
            key={scenario.name}
            onChoose={() => onChoose(scenario.name)}
            scenario={scenario}
          />
        ))}
      </fieldset>
      <BrokenFolders broken={broken} />
    </>
  );
}

type ScenarioCardProps = { scenario: Scenario; chosen: boolean; group: string; onChoose: () => void };

function ScenarioCard({ scenario, chosen, group, onChoose }: ScenarioCardProps) {
  const count = scenario.replicas.length;
  return (
    <label
      className={clsx(
        'relative flex min-w-0 flex-col gap-px rounded-[8px] border px-3 pt-2.5 pb-3 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2',
        chosen
          ? 'border-accent bg-accent-soft ring-1 ring-accent ring-inset'
          : 'border-line-strong bg-surface-2 hover:border-control',
      )}
    >
      <input
        checked={chosen}
        className="absolute inset-0 size-full cursor-[inherit] appearance-none opacity-0"
        name={group}
        onChange={onChoose}
        type="radio"
        value={scenario.name}
      />
      <RadioDot chosen={chosen} />
      <ClusterPicture colour={chosen ? 'var(--accent)' : 'var(--text-3)'} replicas={count} />
      <span className="mono truncate font-semibold text-13">{scenario.name}</span>
      <span className="text-12 text-fg-2">
        {count} replicas, quorum {scenario.quorum}
      </span>
      <span className={clsx('mt-1.5 text-12', chosen ? 'text-fg-2' : 'text-fg-3')}>{aside(scenario)}</span>
    </label>
  );
}

/** What the name and the numbers do not say already. */
function aside({ declared, title, replicas }: Scenario): string {
  if (!declared) return 'third party, no x-lab';
  return title === `${replicas.length} replicas` ? '1 client' : title;
}

function RadioDot({ chosen }: { chosen: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'absolute top-2.5 right-3 flex size-4 items-center justify-center rounded-full border',
        chosen ? 'border-accent' : 'border-control',
      )}
    >
      {chosen ? <span className="size-2 rounded-full bg-accent" /> : null}
    </span>
  );
}

function BrokenFolders({ broken }: { broken: readonly BrokenScenario[] }) {
  if (broken.length === 0) return null;
  return (
    <ul aria-label="Folders that cannot be launched" className="mt-3 flex flex-col gap-2">
      {broken.map((folder) => (
        <li className="flex gap-2 rounded-2 border border-bad-line border-dashed bg-bad-soft px-3 py-2" key={folder.name}>
          <Icon className="mt-[3px] text-bad" of={FolderX} />
          <div className="min-w-0">
            <span className="mono font-semibold">{folder.name}</span> <span className="text-bad">cannot be launched</span>
            <p className="mono whitespace-pre-wrap text-12 text-fg-2 [overflow-wrap:anywhere]">{folder.problem}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
