'use client';
import { useEffect, useState } from 'react';
import { type LegSummary, LegTally } from './leg-summary';
import type { Operation } from './operations';

/** Operations taken per turn: a few milliseconds, so that a frame between two turns is not late. */
const PER_TURN = 400;

type Summed = { rows: LegSummary[]; n: number };

/** The ways of many operations, summed up in turns; the figures before stay until the new ones are whole. */
export function useLegSummary(operations: readonly Operation[]): Summed {
  const [summed, setSummed] = useState<Summed>({ rows: [], n: 0 });
  useEffect(() => {
    const tally = new LegTally();
    let done = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = () => {
      for (const end = done + PER_TURN; done < end && done < operations.length; done++) {
        const operation = operations[done];
        if (operation !== undefined) tally.add(operation);
      }
      if (done < operations.length) timer = setTimeout(turn, 0);
      else setSummed({ rows: tally.summary(), n: operations.length });
    };
    turn();
    return () => clearTimeout(timer);
  }, [operations]);
  return summed;
}
