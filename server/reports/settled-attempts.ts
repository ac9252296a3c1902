import { type Attempt, attemptsOf } from '../domain/experiment/attempts';
import type { ReportInput } from './report-input';

/** All attempts; once an experiment is over none of them is open, whenever the report is made. */
export function settledAttempts({ view, generatedAt }: Pick<ReportInput, 'view' | 'generatedAt'>): Attempt[] {
  const { record, runs } = view;
  const over = record.state === 'done' || record.state === 'cancelled';
  return attemptsOf(record.plan, runs, over ? Number.MAX_SAFE_INTEGER : generatedAt);
}
