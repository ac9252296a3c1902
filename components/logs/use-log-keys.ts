'use client';
import type { RefObject } from 'react';
import { toast } from 'sonner';
import { useKeys } from '@/components/ui/use-keys';
import type { LogReader } from './log-reader';
import { visibleText } from './text-pieces';

type LogKeysOptions = {
  reader: LogReader;
  input: RefObject<HTMLInputElement | null>;
  /** Everything in sight fits words: the next match is the next line. */
  isSearch: boolean;
  onLink: () => void;
};

/** The keys of the log. Arrows, Enter and End mean something else elsewhere on the page: the list alone hears them. */
export function useLogKeys({ reader, input, isSearch, onLink }: LogKeysOptions): void {
  const step = (by: 1 | -1) => () => {
    focusList();
    void reader.move(by);
  };
  const toMark = (by: 1 | -1) => () => {
    focusList();
    if (isSearch) void reader.move(by);
    else if (!reader.goToMark(by)) toast(by > 0 ? 'Nothing marked after this line' : 'Nothing marked before this line');
  };
  useKeys([
    { keys: 'j', does: 'Log: the next line (also ↓ in the list)', run: step(1) },
    { keys: 'k', does: 'Log: the line before (also ↑ in the list)', run: step(-1) },
    { keys: 'n', does: isSearch ? 'Log: the next match' : 'Log: the next mark', run: toMark(1) },
    { keys: 'N', does: isSearch ? 'Log: the match before' : 'Log: the mark before', run: toMark(-1) },
    { keys: 'f', does: 'Log: follow the end, or pause (also End in the list)', run: () => reader.setFollow(!reader.follow) },
    { keys: '/', does: 'Log: filter', run: () => input.current?.focus() },
    { keys: 'c', does: 'Log: copy the selected line', run: () => copySelected(reader) },
    { keys: 'l', does: 'Log: copy a link to the selected line', run: onLink },
    // No key sends this sign; it stands in the help for what the list hears.
    { keys: '↵', does: 'Log: open the selected line, with the list focused (Esc folds it)', run: () => undefined },
  ]);
}

/** So that Enter opens what j and k have reached, and the eye finds it. */
function focusList(): void {
  const list = document.querySelector<HTMLElement>('section[aria-label="Log lines"]');
  list?.focus({ preventScroll: true });
  list?.scrollIntoView({ block: 'nearest' });
}

function copySelected({ selected }: LogReader): void {
  if (selected === null) toast('No line is selected: j and k select one');
  else void copyText(visibleText(selected.text), 'Line copied');
}

export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    // Browsers refuse without a secure context or permission; the text itself is on the page.
    toast.error('The browser refused to copy. Select the text and copy it by hand.');
  }
}
