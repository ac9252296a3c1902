'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '@/components/trpc/client';
import { Button } from '@/components/ui/button';
import { Field, InputBox, NumberField } from '@/components/ui/field';
import { formatBytes, formatPlural } from '@/components/ui/format';
import { ImportRefused, kindOf, type RawFacts, rawProblem, sendArchive, sendRaw } from './send-file';

const NO_FACTS: RawFacts = { name: '', scenario: '', replicas: '3', variant: 'baseline', clients: '1' };

/** A file, for latencies the few facts that it lacks, and what came of it. */
export function ImportForm() {
  const [file, setFile] = useState<File | null>(null);
  const [facts, setFacts] = useState(NO_FACTS);
  const { mutate, isPending, isSuccess, error, reset } = useImport();
  const input = useId();
  const kind = file === null ? null : kindOf(file.name);
  const problem =
    file === null ? 'Choose a file first.' : kind === null ? WRONG_FILE : kind === 'raw' ? rawProblem(facts) : null;
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setFacts((known) => ({ ...known, name: chosen?.name ?? '' }));
    reset();
  };
  return (
    <form
      className="flex flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null && problem === null && !isPending) mutate({ file, facts });
      }}
    >
      <div>
        <label className="mb-[5px] block text-12 text-fg-2" htmlFor={input}>
          Archive (.tar.gz) of this lab, or latencies (.raw) of the original client
        </label>
        <input
          accept=".tar.gz,.tgz,.raw,application/gzip"
          className="w-full rounded-2 border border-control bg-input p-1.5 text-12 text-fg-2 file:mr-3 file:rounded-1 file:border file:border-line-strong file:bg-surface-2 file:px-2.5 file:py-1 file:text-12 file:text-fg"
          id={input}
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
          type="file"
        />
        {file === null ? null : <p className="mt-1 text-12 text-fg-3">{formatBytes(file.size)}</p>}
      </div>
      {kind === 'raw' ? <Facts facts={facts} onChange={setFacts} /> : null}
      {error === null ? null : <Refusal error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={problem !== null || isPending || isSuccess} kind="primary" type="submit">
          {isPending ? 'Importing' : 'Import the file'}
        </Button>
        <p className="min-w-0 flex-1 text-12 text-fg-2">{problem ?? 'Every checksum is compared before anything is kept.'}</p>
      </div>
    </form>
  );
}

const WRONG_FILE = 'Neither an archive (.tar.gz) nor latencies (.raw), by its name.';

function useImport() {
  const router = useRouter();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, facts }: { file: File; facts: RawFacts }) => {
      if (kindOf(file.name) === 'raw') return { experiment: null, runs: [await sendRaw(file, facts)] };
      return sendArchive(file, file.name);
    },
    retry: false,
    onSuccess: ({ experiment, runs }) => {
      void cache.invalidateQueries(trpc.experiments.list.pathFilter());
      void cache.invalidateQueries(trpc.runs.list.pathFilter());
      toast.success(`${formatPlural(runs.length, 'run', 'runs')} imported.`);
      const [first] = runs;
      router.push(experiment !== null ? `/experiments/${experiment}` : runs.length === 1 ? `/runs/${first}` : '/runs');
    },
  });
}

function Facts({ facts, onChange }: { facts: RawFacts; onChange: (facts: RawFacts) => void }) {
  const field = (name: keyof RawFacts) => ({
    name,
    value: facts[name],
    onChange: (text: string) => onChange({ ...facts, [name]: text }),
  });
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField label="Scenario" {...field('scenario')} />
      <TextField label="Variant" {...field('variant')} />
      <NumberField label="Replicas" {...field('replicas')} />
      <NumberField label="Clients" {...field('clients')} />
    </div>
  );
}

type TextFieldProps = { label: string; name: string; value: string; onChange: (text: string) => void };

function TextField({ label, name, value, onChange }: TextFieldProps) {
  return (
    <Field label={label}>
      {({ id }) => (
        <InputBox autoComplete="off" id={id} name={name} onChange={(event) => onChange(event.target.value)} value={value} />
      )}
    </Field>
  );
}

function Refusal({ error }: { error: Error }) {
  const words =
    error instanceof ImportRefused
      ? error
      : { message: 'The server did not answer.', remedy: 'Nothing was kept. Try again once it is back.' };
  return (
    <div className="rounded-2 border border-bad-line bg-bad-soft px-3 py-2.5" role="alert">
      <p className="font-medium text-bad [overflow-wrap:anywhere]">{words.message}</p>
      {words.remedy === null ? null : <p className="text-12 text-fg-2 [overflow-wrap:anywhere]">{words.remedy}</p>}
    </div>
  );
}
