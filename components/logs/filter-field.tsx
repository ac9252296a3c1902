'use client';
import clsx from 'clsx';
import { CircleSlash2, type LucideIcon, Regex, Search } from 'lucide-react';
import { type Ref, useEffect, useState } from 'react';
import { formatCount } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import type { LogReader } from './log-reader';
import type { FilterChoice } from './use-log-filter';
import { useReader } from './use-log-reader';

/** The server looks through the whole log for other words: not at every letter. */
const SETTLE_MS = 250;

type FilterFieldProps = { choice: FilterChoice; problem: string | null; reader: LogReader; input: Ref<HTMLInputElement> };

/** Words or a regular expression to look for, or to leave out. */
export function FilterField({ choice, problem, reader, input }: FilterFieldProps) {
  const { filter, setText } = choice;
  const [typed, setTyped] = useState(filter.text);
  // The address may change by another's hand: a link, the button that clears the filter.
  useEffect(() => setTyped(filter.text), [filter.text]);
  useEffect(() => {
    if (typed === filter.text) return;
    const timer = setTimeout(() => setText(typed), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, filter.text, setText]);
  return (
    <>
      <div
        className={clsx(
          'flex h-10 w-full items-center gap-1.5 rounded-2 border bg-input pr-1 pl-2.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus md:h-[26px] md:w-[264px]',
          problem === null ? 'border-control' : 'border-bad',
        )}
      >
        <span className="text-fg-3">
          <Icon of={Search} />
        </span>
        <input
          aria-describedby={problem === null ? undefined : 'log-filter-problem'}
          aria-invalid={problem !== null}
          aria-label="Filter lines"
          autoComplete="off"
          className="mono min-w-0 flex-1 bg-transparent text-12 outline-none"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setText(typed);
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          placeholder="filter"
          ref={input}
          spellCheck={false}
          value={typed}
        />
        {filter.text === '' || problem !== null ? null : <Found reader={reader} />}
        <Toggle icon={Regex} isOn={filter.regex} label="Regular expression" onChange={choice.setRegex} />
        <Toggle icon={CircleSlash2} isOn={filter.inverse} label="Lines that do not match" onChange={choice.setInverse} />
      </div>
      {problem === null ? null : (
        <p className="order-last w-full text-12 text-bad" id="log-filter-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

function Found({ reader }: { reader: LogReader }) {
  useReader(reader);
  return <span className="text-11 text-fg-3">{formatCount(reader.book.shown)}</span>;
}

type ToggleProps = { icon: LucideIcon; isOn: boolean; label: string; onChange: (on: boolean) => void };

function Toggle({ icon, isOn, label, onChange }: ToggleProps) {
  return (
    <button
      aria-label={label}
      aria-pressed={isOn}
      className={clsx(
        'rounded-1 border p-1 md:p-[3px]',
        isOn ? 'border-accent-line bg-accent-soft text-accent' : 'border-transparent text-fg-3 hover:text-fg',
      )}
      onClick={() => onChange(!isOn)}
      title={label}
      type="button"
    >
      <Icon of={icon} size={12} />
    </button>
  );
}
