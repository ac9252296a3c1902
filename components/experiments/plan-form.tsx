'use client';
import { useState } from 'react';
import { labErrorOf } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field, InputBox, NumberField } from '@/components/ui/field';
import { WorkloadForm } from '@/components/workload/workload-form';
import type { ExperimentPlan, LaunchPad, PlanPad } from '@/server/api/types';
import { checkPlanDraft, errorsOfRefusal, type PlanDraft, type PlanErrors, planDraftOf, titleOf } from './plan-draft';
import { PlanFoot } from './plan-foot';
import { ScenarioChoice } from './scenario-choice';
import { useStartExperiment } from './use-start-experiment';
import { VariantOrder } from './variant-order';

type PlanFormProps = {
  pad: LaunchPad;
  bounds: PlanPad['bounds'];
  /** What the form begins with. */
  initial: ExperimentPlan;
  onClose: () => void;
};

const NO_ERRORS: PlanErrors = { workload: {} };

/** A plan of one's own: scenarios, variants, workload, and how often. */
export function PlanForm({ pad, bounds, initial, onClose }: PlanFormProps) {
  const [draft, setDraft] = useState(() => planDraftOf(initial));
  const { start, starting, error, forget } = useStartExperiment();
  const { plan, errors } = checkPlanDraft(draft, { pad, bounds });
  const refusal = labErrorOf(error);
  const refused = refusal === null ? null : errorsOfRefusal(refusal, draft.workload.kind);
  const shown = refused ?? errors ?? NO_ERRORS;
  const change = (part: Partial<PlanDraft>) => {
    setDraft({ ...draft, ...part });
    // What the server refused was the plan before this change.
    if (error !== null) forget();
  };
  return (
    <Card label="Plan">
      <CardHead
        actions={
          <Button kind="ghost" onClick={onClose} size="small">
            Close
          </Button>
        }
        context="every pair runs one after the other, in alternating order"
        title="Plan an experiment"
      />
      <div className="grid divide-line max-lg:divide-y lg:grid-cols-[minmax(0,1fr)_336px] lg:divide-x">
        <CardBody className="flex min-w-0 flex-col gap-5">
          <ScenarioChoice
            chosen={draft.scenarios}
            error={shown.scenarios}
            onChange={(scenarios) => change({ scenarios })}
            scenarios={pad.scenarios}
          />
          <VariantOrder
            chosen={draft.variants}
            control={draft.control}
            error={shown.variants}
            onChange={(variants, control) => change({ variants, control })}
            scenarios={pad.scenarios.filter(({ name }) => draft.scenarios.includes(name))}
          />
          <Repeats draft={draft} errors={shown} onChange={change} />
          <Words draft={draft} errors={shown} onChange={change} />
        </CardBody>
        <CardBody className="min-w-0">
          <h3 className="mb-3">Workload</h3>
          <WorkloadForm
            clientsHint="Several, as 1, 2, 4: a sweep."
            draft={draft.workload}
            errors={shown.workload}
            onChange={(workload) => change({ workload })}
          />
        </CardBody>
      </div>
      <PlanFoot
        error={refused === null ? error : null}
        onInsist={() => {
          if (plan === null) return;
          change({ insist: true });
          start({ ...plan, insist: true });
        }}
        onStart={() => {
          if (plan !== null) start(plan);
        }}
        plan={plan}
        starting={starting}
      />
    </Card>
  );
}

type PartProps = { draft: PlanDraft; errors: PlanErrors; onChange: (part: Partial<PlanDraft>) => void };

function Repeats({ draft, errors, onChange }: PartProps) {
  const number = (field: 'pairs' | 'retriesPerPair' | 'seed') => ({
    value: draft[field],
    error: errors[field],
    name: field,
    onChange: (text: string) => onChange({ [field]: text }),
  });
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3">
      <NumberField hint="From six on there is an interval and a p." label="Pairs" {...number('pairs')} />
      <NumberField hint="For a pair that does not count." label="Retries" {...number('retriesPerPair')} />
      <NumberField hint="Of the order and the bootstrap." label="Seed" {...number('seed')} />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside, as a component. */}
      <label className="col-span-full flex items-center gap-2">
        <Checkbox
          checked={draft.insist}
          label="Run although the host looks too small"
          onChange={() => onChange({ insist: !draft.insist })}
        />
        Run although the host looks too small
      </label>
    </div>
  );
}

function Words({ draft, errors, onChange }: PartProps) {
  return (
    <div className="grid gap-3">
      <Field error={errors.title} label="Title">
        {({ id, describedBy, invalid }) => (
          <InputBox
            aria-describedby={describedBy}
            autoComplete="off"
            id={id}
            invalid={invalid}
            name="title"
            onChange={(event) => onChange({ title: event.target.value })}
            placeholder={draft.variants.length === 0 || draft.scenarios.length === 0 ? '' : titleOf(draft)}
            value={draft.title}
          />
        )}
      </Field>
      <Field error={errors.question} label="Question it is to answer">
        {({ id, describedBy, invalid }) => (
          <InputBox
            aria-describedby={describedBy}
            autoComplete="off"
            id={id}
            invalid={invalid}
            name="question"
            onChange={(event) => onChange({ question: event.target.value })}
            value={draft.question}
          />
        )}
      </Field>
    </div>
  );
}
