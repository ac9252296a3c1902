'use client';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Field, InputBox, SelectField } from '@/components/ui/field';
import { useUrlState } from '@/components/ui/use-url-state';
import type { BpfCode, RunView } from '@/server/api/types';
import { CodeDiffView } from './code-diff-view';
import { Box, Section } from './section';

type CodeCompareProps = { run: RunView; replica: string; codes: readonly BpfCode[] };

const RUN_ID = /^r-\d{4,9}$/;

/** One replica's programs beside those of the same name of another replica, of this run or another. */
export function CodeCompare({ run, replica, codes }: CodeCompareProps) {
  const { id, replicas } = run.config;
  const [againstRun, setAgainstRun] = useUrlState('againstRun');
  const [against, setAgainst] = useUrlState('against');
  const typed = againstRun.trim();
  const wrong = typed !== '' && !RUN_ID.test(typed);
  const elsewhere = typed !== '' && !wrong && typed !== id;
  const other = useQuery(trpc.bpf.codes.queryOptions({ id: elsewhere ? typed : id }, { enabled: elsewhere }));
  const theirs = elsewhere ? (other.data ?? []) : codes;
  const names = elsewhere
    ? [...new Set(theirs.map((code) => code.replica))]
    : replicas.map(({ service }) => service).filter((service) => service !== replica);
  return (
    <Section context="instruction by instruction, programs of the same name" title="Compare code">
      <div className="mb-2 grid gap-3 md:grid-cols-[220px_220px_minmax(0,1fr)]">
        <SelectField
          label={`${replica} beside`}
          onChange={setAgainst}
          options={[{ value: '', label: 'nothing' }, ...names.map((name) => ({ value: name, label: name }))]}
          value={names.includes(against) ? against : ''}
        />
        <Field error={wrong ? 'A run id looks like r-0007.' : undefined} hint="empty: this run" label="of run">
          {({ id: field, describedBy, invalid }) => (
            <InputBox
              aria-describedby={describedBy}
              autoComplete="off"
              id={field}
              invalid={invalid}
              onChange={(event) => setAgainstRun(event.target.value)}
              placeholder={id}
              value={againstRun}
            />
          )}
        </Field>
      </div>
      {other.error !== null && elsewhere ? (
        <p className="text-12 text-bad" role="alert">
          {describeFailure(other.error).message}
        </p>
      ) : null}
      {elsewhere && other.data !== undefined && theirs.length === 0 ? (
        <Box className="px-4 py-3 text-fg-2">No code of {typed} is kept. It is read while a run goes on.</Box>
      ) : null}
      {names.includes(against) ? (
        <Pairs
          left={codes.filter((code) => code.replica === replica)}
          of={elsewhere ? typed : null}
          right={theirs.filter((code) => code.replica === against)}
          title={against}
        />
      ) : null}
    </Section>
  );
}

type PairsProps = { left: readonly BpfCode[]; right: readonly BpfCode[]; title: string; of: string | null };

function Pairs({ left, right, title, of }: PairsProps) {
  const theirs = of === null ? title : `${title} of ${of}`;
  if (right.length === 0) return <Box className="px-4 py-3 text-fg-2">No code of {theirs} is kept yet: read it first.</Box>;
  return (
    <div className="flex flex-col gap-3">
      {left.map((code) => {
        const partner = right.find(({ name }) => name === code.name);
        const problem = code.problem ?? partner?.problem ?? null;
        return (
          <div key={code.programId}>
            <p className="mono mb-1 font-semibold text-12">{code.name}</p>
            {partner === undefined ? (
              <p className="text-12 text-fg-2">{theirs} has no program of this name.</p>
            ) : problem === null ? (
              <CodeDiffView left={{ title: code.replica, code }} right={{ title: theirs, code: partner }} />
            ) : (
              <p className="text-12 text-fg-2">{problem}</p>
            )}
          </div>
        );
      })}
    </div>
  );
}
