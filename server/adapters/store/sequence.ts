import type Database from 'libsql';
import { z } from 'zod';

const valueRow = z.object({ value: z.int() });

/** One after the other, also when several processes ask at once. */
export function nextNumber(db: Database.Database, name: 'run' | 'experiment'): number {
  const take = db.transaction(() => {
    db.prepare('UPDATE sequence SET value = value + 1 WHERE name = ?').run(name);
    return valueRow.parse(db.prepare('SELECT value FROM sequence WHERE name = ?').get(name)).value;
  });
  return take.immediate();
}

export const formatId = (prefix: 'r' | 'x', number: number): string => `${prefix}-${String(number).padStart(4, '0')}`;

/** The position of a run or an experiment in its list; an id of another form stands before all others. */
export function numberOf(id: string): number {
  return Number(/^[rx]-(\d+)$/.exec(id)?.[1] ?? 0);
}
