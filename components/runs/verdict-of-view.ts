import type { RunSummary, RunView } from '@/server/api/types';

/** What the badge of a run is drawn from. */
export function verdictOfView(run: RunView): Pick<RunSummary, 'state' | 'valid' | 'verdict'> {
  return { state: run.state, valid: proofValidity(run), verdict: run.validity?.verdict ?? null };
}

/** The gate that decided against a run, with its number; null for a valid one. */
export function decidingReason({ validity }: Pick<RunView, 'validity'>): string | null {
  const gate = validity?.gates.find(({ state }) => state === validity.verdict);
  return validity === null || validity.verdict === 'valid' || gate === undefined ? null : `${gate.title}: ${gate.value}`;
}

/** null: a third-party image without counters is neither proven nor disproven. */
function proofValidity({ proof }: Pick<RunView, 'proof'>): boolean | null {
  if (proof === null) return null;
  return proof.fits && proof.mechanism.verdict === 'unknown' ? null : proof.fits;
}
