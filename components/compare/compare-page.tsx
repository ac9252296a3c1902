'use client';
import { PageFrame } from '@/components/shell/page-frame';
import { useUrlState } from '@/components/ui/use-url-state';
import { ComparisonView } from './comparison-view';
import { RunPicker } from './run-picker';

/** Is the difference real? Two runs stand in the address: `?runs=r-0001,r-0002`. */
export function ComparePage() {
  const [runs, setRuns] = useUrlState('runs');
  const [a = '', b = ''] = runs.split(',');
  if (a !== '' && b !== '') {
    return (
      <PageFrame
        title={
          <span className="font-normal text-13 text-fg-2 tracking-normal">
            Compare <span className="mx-1 text-fg-3">/</span>
            <span className="mono">
              {a}, {b}
            </span>
          </span>
        }
      >
        <ComparisonView a={a} b={b} onSwap={() => setRuns(`${b},${a}`)} />
      </PageFrame>
    );
  }
  return (
    <PageFrame note="Two runs of one scenario and workload that differ in the variant alone." title="Compare">
      <RunPicker first={a} onPick={(pair) => setRuns(pair.join(','))} />
    </PageFrame>
  );
}
