import { readFileSync } from 'node:fs';
import type { FaultPlan } from '@/server/domain/fault';
import { parseFaultPlan } from '@/server/domain/fault-plan';
import { UsageError } from './usage';

/** The plan of `--faults`: its text, or `@` and the name of a file that holds it. Throws UsageError with every problem. */
export function readFaults(given: string | undefined): FaultPlan {
  if (given === undefined) return [];
  const { plan, problems } = parseFaultPlan(given.startsWith('@') ? readPlanFile(given.slice(1)) : given);
  if (problems.length > 0) throw new UsageError(`--faults: ${problems.join('\n     ')}`);
  return plan;
}

function readPlanFile(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (cause) {
    throw new UsageError(`--faults @${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
