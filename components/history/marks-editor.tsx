'use client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import type { HistoryRow } from '@/server/api/types';
import { addTags, suggestTags } from './tags';
import { useMarking } from './use-marking';

const OFFERED = 8;

type MarksEditorProps = { row: HistoryRow; onClose: () => void };

/** Tags and note of one run, edited below its row. Escape leaves everything as it was. */
export function MarksEditor({ row, onClose }: MarksEditorProps) {
  const [tags, setTags] = useState<readonly string[]>(row.tags);
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState(row.note ?? '');
  const save = useMarking(onClose);
  const submit = () => save.mutate({ id: row.id, tags: addTags(tags, typed), note: note.trim() === '' ? null : note.trim() });
  const failure = save.error === null ? null : describeFailure(save.error);
  return (
    <form
      aria-label={`Tags and note of ${row.id}`}
      className="grid gap-x-5 gap-y-3 whitespace-normal md:grid-cols-2"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TagsField onTags={setTags} onTyped={setTyped} tags={tags} typed={typed} />
      <Field label="Note">
        {({ id, describedBy }) => (
          <textarea
            aria-describedby={describedBy}
            className="block w-full min-w-0 resize-y rounded-2 border border-control bg-input px-2.5 py-1.5 text-fg"
            id={id}
            maxLength={2000}
            onChange={(event) => setNote(event.target.value)}
            rows={3}
            value={note}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center justify-end gap-2 md:col-span-2">
        {failure === null ? null : (
          <p className="mr-auto text-12 text-bad" role="alert">
            {failure.message} {failure.remedy}
          </p>
        )}
        <Button onClick={onClose} size="small">
          Cancel
        </Button>
        <Button disabled={save.isPending} kind="primary" size="small" type="submit">
          {save.isPending ? 'Saving' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

type TagsFieldProps = {
  tags: readonly string[];
  typed: string;
  onTags: (tags: readonly string[]) => void;
  onTyped: (text: string) => void;
};

function TagsField({ tags, typed, onTags, onTyped }: TagsFieldProps) {
  const known = useId();
  const facets = useQuery(trpc.history.facets.queryOptions());
  const offered = suggestTags(facets.data?.tags ?? [], tags, OFFERED);
  const add = (text: string) => {
    onTags(addTags(tags, text));
    onTyped('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const adds = (event.key === 'Enter' || event.key === ',') && typed.trim() !== '';
    if (adds) {
      event.preventDefault();
      add(typed);
    }
    if (event.key === 'Backspace' && typed === '') onTags(tags.slice(0, -1));
  };
  return (
    <Field hint={offered.length === 0 ? 'Enter adds a tag. “keep” saves a run from retention.' : undefined} label="Tags">
      {({ id, describedBy }) => (
        <>
          <span className="flex min-h-10 flex-wrap items-center gap-1 rounded-2 border border-control bg-input px-1.5 py-1 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2 md:min-h-8">
            {tags.map((tag) => (
              <button
                aria-label={`Remove the tag ${tag}`}
                className="inline-flex h-6 items-center gap-1 rounded-1 border border-line-strong bg-surface-2 px-1.5 text-12 hover:border-control"
                key={tag}
                onClick={() => onTags(tags.filter((other) => other !== tag))}
                type="button"
              >
                {tag}
                <Icon className="text-fg-3" of={X} size={11} />
              </button>
            ))}
            <input
              aria-describedby={describedBy}
              autoComplete="off"
              // biome-ignore lint/a11y/noAutofocus: whoever opened the editor came to type.
              autoFocus
              className="h-6 min-w-24 flex-1 bg-transparent px-1 text-fg outline-none"
              id={id}
              list={known}
              onChange={(event) => onTyped(event.target.value)}
              onKeyDown={onKeyDown}
              value={typed}
            />
          </span>
          <datalist id={known}>
            {facets.data?.tags.map(({ value }) => (
              <option key={value} value={value} />
            ))}
          </datalist>
          {offered.length === 0 ? null : (
            <span className="flex flex-wrap items-center gap-1 text-12 text-fg-3">
              In use:
              {offered.map((tag) => (
                <button
                  aria-label={`Add the tag ${tag}`}
                  className="h-6 rounded-1 px-1.5 text-fg-2 underline decoration-line-strong underline-offset-2 hover:text-fg"
                  key={tag}
                  onClick={() => add(tag)}
                  type="button"
                >
                  {tag}
                </button>
              ))}
            </span>
          )}
        </>
      )}
    </Field>
  );
}
