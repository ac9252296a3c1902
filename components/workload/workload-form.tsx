'use client';
import { Field, InputBox, NumberField, SelectField } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import type { Placement } from '@/server/api/types';
import type { DraftErrors, DraftField, WorkloadDraft } from './workload-draft';

const PLACEMENTS = [
  { value: 'auto', label: 'auto: what suits this host' },
  { value: 'shared', label: 'shared: no pinning' },
  { value: 'leader_apart', label: 'leader apart: leader and client on core 0' },
  { value: 'one_core', label: 'one core: replicas on core 0, client on core 1' },
  { value: 'own_core', label: 'own core: one for each replica' },
] as const satisfies readonly { value: Placement; label: string }[];

type WorkloadFormProps = {
  draft: WorkloadDraft;
  errors: DraftErrors;
  onChange: (draft: WorkloadDraft) => void;
  /** Where several numbers of clients may be typed, how. */
  clientsHint?: string;
};

/** What the client will do. A closed loop: each client waits for its answer before it asks again. */
export function WorkloadForm({ draft, errors, onChange, clientsHint }: WorkloadFormProps) {
  const number = (field: Exclude<DraftField, 'placement'>) => ({
    value: draft[field],
    error: errors[field],
    name: field,
    onChange: (text: string) => onChange({ ...draft, [field]: text }),
  });
  return (
    <div className="flex flex-col gap-3.5">
      <Amount draft={draft} errors={errors} onChange={onChange} />
      <div className="grid grid-cols-2 gap-3">
        <NumberField decimal label="Warm-up" unit="s" {...number('warmupSeconds')} />
        <NumberField hint={clientsHint} label="Clients" {...number('clients')} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <NumberField label="Payload" unit="B" {...number('payloadBytes')} />
        <NumberField label="GET share" unit="%" {...number('getPercent')} />
      </div>
      <SelectField
        error={errors.placement}
        label="CPU placement"
        onChange={(placement) => onChange({ ...draft, placement })}
        options={PLACEMENTS}
        value={draft.placement}
      />
      <p className="text-12 text-fg-3">
        Closed loop: each client has one request outstanding. GETs go through the log too. On few cores the placement can turn
        the sign of a comparison; it is recorded with the run.
      </p>
    </div>
  );
}

function Amount({ draft, errors, onChange }: WorkloadFormProps) {
  const field = draft.kind;
  return (
    <Field error={errors[field]} label="Measure">
      {({ id, describedBy, invalid }) => (
        <div className="grid grid-cols-2 gap-3">
          <InputBox
            aria-describedby={describedBy}
            autoComplete="off"
            id={id}
            inputMode={field === 'requests' ? 'numeric' : 'decimal'}
            invalid={invalid}
            name={field}
            onChange={(event) => onChange({ ...draft, [field]: event.target.value })}
            type="text"
            unit={field === 'seconds' ? 's' : undefined}
            value={draft[field]}
          />
          <Segmented
            label="Unit of the measurement"
            onChange={(kind) => onChange({ ...draft, kind })}
            options={[
              { value: 'seconds', label: 'seconds' },
              { value: 'requests', label: 'requests' },
            ]}
            value={draft.kind}
          />
        </div>
      )}
    </Field>
  );
}
