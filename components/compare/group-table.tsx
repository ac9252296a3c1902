import { VariantTag } from '@/components/scenarios/variant-mark';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { formatPlural, UNKNOWN } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { TableExports } from '@/components/ui/table-exports';
import type { ExperimentMetric, RunsComparison } from '@/server/api/types';
import { FIGURES, rawGroups, sayRange, wordedGroups } from './many-words';
import { sayFigure } from './metric-words';

type Group = RunsComparison['groups'][number];

/** Of the seven figures, those that a group is read by; the files hold all. */
const SHOWN: readonly ExperimentMetric[] = ['p50', 'p99', 'throughput', 'leaderCpuPerRequest'];
const COLUMNS = FIGURES.filter(({ metric }) => SHOWN.includes(metric));

/** Runs that measured the same thing, by their median. A workload that all share stands in the head. */
export function GroupTable({ groups }: { groups: readonly Group[] }) {
  const [shared, ...more] = new Set(groups.map(({ workload }) => workload));
  const disturbed = groups.some(({ faults }) => faults !== null);
  return (
    <Card label="Groups">
      <CardHead
        actions={<TableExports name="compared-groups" raw={rawGroups(groups)} worded={wordedGroups(groups)} />}
        context={`${more.length === 0 ? `${shared}; ` : ''}medians over valid runs, and their range`}
        title={formatPlural(groups.length, 'group', 'groups')}
      />
      <Table
        head={
          <>
            <Th>Scenario</Th>
            <Th>Variant</Th>
            {more.length === 0 ? null : <Th>Workload</Th>}
            {disturbed ? <Th>Fault plan</Th> : null}
            <Th numeric>Valid</Th>
            {COLUMNS.map(({ metric, title }) => (
              <Th key={metric} numeric>
                {title}
              </Th>
            ))}
          </>
        }
        label="Groups"
      >
        {groups.map((group) => (
          <Tr className="h-12" key={`${group.scenario} ${group.variant} ${group.workload} ${group.faults}`}>
            <Td className="font-mono text-12">{group.scenario}</Td>
            <Td>
              <VariantTag variant={group.variant} />
            </Td>
            {more.length === 0 ? null : <Td className="text-12 text-fg-2">{group.workload}</Td>}
            {disturbed ? <Td className="mono whitespace-normal! text-12 text-fg-2">{group.faults ?? 'none'}</Td> : null}
            <Td numeric>
              {group.valid} of {group.runs}
            </Td>
            {COLUMNS.map(({ metric, unit }) => (
              <Td key={metric} numeric>
                {group.medians[metric] === null ? UNKNOWN : sayFigure(unit, group.medians[metric])}
                <span className="block text-11 text-fg-3">{sayRange(unit, group.range[metric])}</span>
              </Td>
            ))}
          </Tr>
        ))}
      </Table>
      <CardFoot>
        The small figures are the lowest and highest run of a group: a range, not an interval. Every percentile is a run’s own,
        taken from its merged histogram.
      </CardFoot>
    </Card>
  );
}
