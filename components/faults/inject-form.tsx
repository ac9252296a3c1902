'use client';
import clsx from 'clsx';
import { Zap } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { NumberField, SelectField } from '@/components/ui/field';
import type { FaultKind } from '@/server/api/types';
import { KINDS } from './fault-words';
import { type InjectDraft, type InjectErrors, isPair, LEADER } from './inject-draft';

type InjectFormProps = {
  draft: InjectDraft;
  errors: InjectErrors;
  replicas: readonly string[];
  /** Who leads now; null where nobody does, or the images do not say. */
  leader: string | null;
  /** The lab's own images: networks can be disturbed, and it is known who leads. */
  isOwn: boolean;
  /** Why nothing can be injected now; null if it can. */
  reason: string | null;
  injecting: boolean;
  onChange: (draft: InjectDraft) => void;
  onInject: () => void;
};

const ORDER: readonly FaultKind[] = ['kill', 'pause', 'restart', 'isolate', 'cut', 'noise'];
const OF_NETWORK: readonly FaultKind[] = ['isolate', 'cut', 'noise'];

/** What, to whom, for how long. */
export function InjectForm(props: InjectFormProps) {
  const { draft, errors, isOwn, reason, injecting, onChange, onInject } = props;
  const change = (part: Partial<InjectDraft>) => onChange({ ...draft, ...part });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onInject();
      }}
    >
      <fieldset aria-label="Inject a fault" className="grid grid-cols-2 gap-3 md:grid-cols-6" disabled={reason !== null}>
        <div className="md:col-span-2">
          <SelectField
            label="Fault"
            onChange={(kind) => change({ kind })}
            options={ORDER.map((kind) => ({
              value: kind,
              label: KINDS[kind].title,
              disabled: !isOwn && OF_NETWORK.includes(kind),
            }))}
            value={draft.kind}
          />
        </div>
        <Place {...props} />
        <div className="md:col-span-1">
          {draft.kind === 'restart' ? null : (
            <NumberField
              decimal
              error={errors.seconds}
              label="For"
              name="faultSeconds"
              onChange={(seconds) => change({ seconds })}
              unit="s"
              value={draft.seconds}
            />
          )}
        </div>
        <Noise {...props} />
        <div className="flex items-start pt-[23px] md:col-span-1">
          <Button className="w-full" disabled={reason !== null || injecting} icon={Zap} type="submit">
            {injecting ? 'Injecting' : 'Inject'}
          </Button>
        </div>
      </fieldset>
      <p className={clsx('mt-2 text-12', reason === null ? 'text-fg-3' : 'text-fg-2')}>{reason ?? sayForm(draft)}</p>
    </form>
  );
}

function Place({ draft, errors, replicas, leader, isOwn, onChange }: InjectFormProps) {
  const change = (part: Partial<InjectDraft>) => onChange({ ...draft, ...part });
  const whoever = { value: LEADER, label: leader === null ? 'whoever leads' : `whoever leads: ${leader}`, disabled: !isOwn };
  const options = [whoever, ...replicas.map((name) => ({ value: name, label: name }))];
  return (
    <>
      {draft.kind === 'noise' ? (
        <div className="md:col-span-2">
          <SelectField
            label="Where"
            onChange={(where) => change({ where })}
            options={[
              { value: 'everywhere', label: 'everywhere' },
              { value: 'into', label: 'into one replica' },
              { value: 'pair', label: 'on one link' },
            ]}
            value={draft.where}
          />
        </div>
      ) : null}
      {draft.kind === 'noise' && draft.where === 'everywhere' ? null : (
        <div className="md:col-span-2">
          <SelectField
            label={isPair(draft) ? 'From' : 'Target'}
            onChange={(target) => change({ target })}
            options={options}
            value={draft.target}
          />
        </div>
      )}
      {isPair(draft) ? (
        <>
          <div className="md:col-span-2">
            <SelectField error={errors.to} label="To" onChange={(to) => change({ to })} options={options} value={draft.to} />
          </div>
          <div className="md:col-span-2">
            <SelectField
              label="Direction"
              onChange={(direction) => change({ direction })}
              options={[
                { value: 'both', label: 'both ways' },
                { value: 'one', label: 'that way only' },
              ]}
              value={draft.direction}
            />
          </div>
        </>
      ) : null}
    </>
  );
}

function Noise({ draft, errors, onChange }: InjectFormProps) {
  if (draft.kind !== 'noise') return null;
  return (
    <>
      <NumberField
        decimal
        error={errors.loss}
        label="Lose"
        onChange={(loss) => onChange({ ...draft, loss })}
        unit="%"
        value={draft.loss}
      />
      <NumberField
        decimal
        error={errors.duplicate}
        label="Double"
        onChange={(duplicate) => onChange({ ...draft, duplicate })}
        unit="%"
        value={draft.duplicate}
      />
    </>
  );
}

function sayForm({ kind, seconds }: InjectDraft): string {
  const does = `${KINDS[kind].title}: ${KINDS[kind].does}.`;
  if (kind === 'restart') return does;
  return seconds.trim() === '' ? `${does} Without a time it lasts to the run’s end.` : does;
}
