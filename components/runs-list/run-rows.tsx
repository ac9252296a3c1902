'use client';
import { useState } from 'react';
import { useWide } from '@/components/ui/use-wide';
import { RunCards } from './run-cards';
import type { RunRowsProps } from './run-row-props';
import { RunTable } from './run-table';

/** Runs to open, pick and mark: a table, or cards on a phone. */
export function RunRows({ rows, picks }: Pick<RunRowsProps, 'rows' | 'picks'>) {
  const [editing, setEditing] = useState<string | null>(null);
  const Shape = useWide() ? RunTable : RunCards;
  return <Shape editing={editing} onEdit={setEditing} picks={picks} rows={rows} />;
}
