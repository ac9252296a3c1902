import { Check, CircleHelp, CircleX, Info, TriangleAlert } from 'lucide-react';
import { Quiet, type Tone } from '@/components/ui/badge';
import { formatPlural } from '@/components/ui/format';
import type { GateState, RunGate } from '@/server/api/types';

const LOOKS = {
  invalid: { icon: CircleX, tone: 'bad', word: 'invalid' },
  suspect: { icon: TriangleAlert, tone: 'warn', word: 'suspect' },
  unknown: { icon: CircleHelp, tone: 'plain', word: 'unknown' },
  note: { icon: Info, tone: 'plain', word: 'note' },
  pass: { icon: Check, tone: 'ok', word: 'passes' },
} as const satisfies Record<GateState, { icon: typeof Check; tone: Tone; word: string }>;

const WORST_FIRST: readonly GateState[] = ['invalid', 'suspect', 'unknown', 'note'];

/** A run's gates: what a reader has to know stands open, what passes folds into one line. */
export function GateList({ gates }: { gates: readonly RunGate[] }) {
  const passed = gates.filter(({ state }) => state === 'pass');
  const open = WORST_FIRST.flatMap((state) => gates.filter((gate) => gate.state === state));
  return (
    <>
      {open.length === 0 ? null : <Gates gates={open} />}
      {passed.length === 0 ? null : (
        <details className="group px-3 py-2.5 text-12 not-first:border-line not-first:border-t md:px-4">
          <summary className="marker:text-fg-3">
            <Quiet icon={Check} tone="ok">
              {formatPlural(passed.length, 'gate passes', 'gates pass')}
            </Quiet>{' '}
            <span className="text-fg-3">{passed.map(({ title }) => title).join(', ')}</span>
          </summary>
          <div className="-mx-3 md:-mx-4 mt-2 border-line border-t">
            <Gates gates={passed} />
          </div>
        </details>
      )}
    </>
  );
}

function Gates({ gates }: { gates: readonly RunGate[] }) {
  return (
    <ul className="divide-y divide-line">
      {gates.map((gate) => {
        const { icon, tone, word } = LOOKS[gate.state];
        return (
          <li
            className="grid items-baseline gap-x-4 gap-y-0.5 px-3 py-2 md:grid-cols-[92px_minmax(0,1fr)] md:px-4"
            key={gate.id}
          >
            <Quiet icon={icon} tone={tone}>
              {word}
            </Quiet>
            <div className="min-w-0">
              <p>
                <span className="font-medium">{gate.title}</span> <span className="text-fg-2">{gate.value}</span>
              </p>
              <p className="text-12 text-fg-2">{gate.detail}</p>
              {gate.remedy === null || gate.state === 'pass' ? null : <p className="text-12 text-fg-3">{gate.remedy}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
