'use client';
import { memo, useMemo } from 'react';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { Table, Th } from '@/components/ui/table';
import type { Cell, ExperimentResults, ExperimentView } from '@/server/api/types';
import { ForestScale } from './forest-mark';
import { NoiseLine } from './noise-line';
import { PaperRemarks } from './paper-remarks';
import { sideWord } from './plan-words';
import { forestReach, groupResults, resultReading, resultTable } from './read-results';
import { ResultRows } from './result-rows';
import { TableExport } from './table-export';

type ResultsCardProps = { record: ExperimentView['record']; cells: readonly Cell[]; results: ExperimentResults };

/** Every metric of every cell: medians, ratio with its interval, p, and what that is worth. */
export const ResultsCard = memo(function ResultsCard({ record, cells, results }: ResultsCardProps) {
  const { rows } = results;
  const groups = useMemo(() => groupResults(rows), [rows]);
  const reach = useMemo(() => forestReach(rows), [rows]);
  const published = rows.some(({ paper }) => paper !== null);
  const { plan } = record;
  const [base = '', only, ...more] = plan.variants;
  return (
    <Card label="Statistics">
      <CardHead
        actions={
          <TableExport name={`${record.id}-results`} reading={resultReading(rows, cells)} table={resultTable(rows, cells)} />
        }
        context="medians over the runs that count; the unit is the run, never the request"
        title="Statistics"
      />
      <NoiseLine record={record} results={results} />
      <Table
        head={
          <>
            <Th>Measure</Th>
            <Th numeric>Pairs</Th>
            <Th numeric>
              <VariantTag variant={base} /> {sideWord(plan, 0)}
            </Th>
            <Th numeric>
              {only === undefined || more.length > 0 ? 'Variant' : <VariantTag variant={only} />} {sideWord(plan, 1)}
            </Th>
            <Th numeric>Ratio</Th>
            <Th numeric>95 % CI</Th>
            <Th>
              <ForestScale reach={reach} />
            </Th>
            <Th numeric>p</Th>
            <Th numeric>p, Holm</Th>
            <Th>Reading</Th>
            {published ? <Th>Published</Th> : null}
          </>
        }
        label="Statistics"
      >
        {groups.map((group) => (
          <ResultRows
            cells={cells}
            group={group}
            key={group.key}
            plan={plan}
            published={published}
            reach={reach}
            titled={groups.length > 1}
          />
        ))}
      </Table>
      <PaperRemarks cells={cells} rows={rows} />
      <CardFoot>
        Ratio is variant by base, pair by pair; its median with a bootstrap interval (BCa), p from the exact Wilcoxon
        signed-rank test. Holm corrects over the secondary measures of a variant; p50 is the primary one. An interval that holds
        1 is read as no difference shown, whatever the ratio.
      </CardFoot>
    </Card>
  );
});
