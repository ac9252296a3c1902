import type { RunView } from '../run';
import { decidingGate } from '../validity/validity';
import type { PlannedRun } from './experiment';
import { figuresOf } from './metrics';

/** A run of an experiment as its page shows it; null for a run that is part of none. */
export function toPlannedRun(view: RunView): PlannedRun | null {
  const { config, validity } = view;
  if (config.place === null) return null;
  const gate = validity === null ? null : decidingGate(validity);
  return {
    ...config.place,
    runId: config.id,
    sourceId: config.importedFrom?.id ?? config.id,
    variant: config.variant.name,
    state: view.state,
    startedAt: view.startedAt,
    endedAt: view.endedAt,
    figures: figuresOf(view),
    verdict: validity?.verdict ?? null,
    reason: gate === null ? null : `${gate.title}: ${gate.detail}`,
  };
}
