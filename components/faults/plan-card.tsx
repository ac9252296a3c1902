'use client';
import clsx from 'clsx';
import { Check, CircleX, Clock, Plus } from 'lucide-react';
import { useId } from 'react';
import { Quiet } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import type { Scenario } from '@/server/api/types';
import { sayPlanned } from './fault-words';
import { addExample, planExamples } from './plan-examples';
import type { ReadPlan } from './use-read-plan';

type PlanCardProps = { text: string; read: ReadPlan; scenario: Scenario; onChange: (text: string) => void };

/** What will be done to the cluster while it measures, in words that are read as they are typed. */
export function PlanCard({ text, read, scenario, onChange }: PlanCardProps) {
  const id = useId();
  const problems = read.failure === null ? read.problems : [read.failure];
  const isWrong = problems.length > 0 && !read.isReading;
  return (
    <Card label="Faults">
      <CardHead context="while the run measures; none unless planned" title="Faults" />
      <CardBody>
        <label className="mb-[5px] block text-12 text-fg-2" htmlFor={id}>
          Fault plan
        </label>
        <textarea
          aria-describedby={`${id}-read`}
          aria-invalid={isWrong || undefined}
          autoComplete="off"
          className={clsx(
            'field-sizing-content block max-h-40 min-h-10 w-full resize-none rounded-2 border bg-input px-2.5 py-2 font-mono text-12 text-fg md:min-h-8 md:py-1.5',
            isWrong ? 'border-bad' : 'border-control',
          )}
          id={id}
          name="faults"
          onChange={(event) => onChange(event.target.value)}
          placeholder="at 5 s kill leader; at 9 s restart it"
          rows={1}
          spellCheck={false}
          value={text}
        />
        <div className="mt-1.5 min-h-[18px] text-12" id={`${id}-read`}>
          <ReadAs isEmpty={text.trim() === ''} problems={problems} read={read} />
        </div>
        <ul aria-label="Example faults" className="mt-2.5 flex flex-wrap gap-1.5">
          {planExamples(scenario).map((example) => (
            <li className="min-w-0" key={example}>
              <Button
                aria-label={`Add to the fault plan: ${example}`}
                className="h-auto! min-h-8 whitespace-normal! py-1 text-left leading-4! md:min-h-[26px]"
                icon={Plus}
                onClick={() => onChange(addExample(text, example))}
                size="small"
              >
                {example}
              </Button>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

type ReadAsProps = { read: ReadPlan; problems: readonly string[]; isEmpty: boolean };

/** What the server understood, fault by fault, and what it did not. */
function ReadAs({ read: { plan, isReading }, problems, isEmpty }: ReadAsProps) {
  if (isEmpty) return <p className="text-fg-3">Empty: nothing is done to the cluster, unless by hand on the run’s page.</p>;
  if (isReading) {
    return (
      <p className="text-fg-3" role="status">
        Reading the plan.
      </p>
    );
  }
  return (
    <>
      {problems.length === 0 ? (
        <Quiet icon={Check} tone="ok">
          read as
        </Quiet>
      ) : (
        <ul aria-label="Problems of the fault plan" className="flex flex-col gap-0.5 text-bad">
          {problems.map((problem) => (
            <li className="flex gap-1.5" key={problem}>
              <Icon className="mt-[2px]" of={CircleX} />
              <span className="min-w-0">{problem}</span>
            </li>
          ))}
        </ul>
      )}
      {plan.length === 0 ? null : (
        <ol aria-label="Fault plan as read" className="mt-0.5 flex flex-col gap-0.5">
          {plan.map((planned, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two faults of a plan may read the same.
            <li className="flex gap-1.5 text-fg-2" key={at}>
              <Icon className="mt-[3px] text-fg-3" of={Clock} size={12} />
              <span className="mono min-w-0">{sayPlanned(planned)}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
