'use client';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { InputBox } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { useKeys } from '@/components/ui/use-keys';

type SearchBoxProps = { search: string; onSearch: (text: string) => void; className?: string };

/** Long enough to spare the server most letters of a word, short enough that an answer stands within 200 ms. */
const REST_MS = 40;

/** Searches when typing rests, so that not every letter is a question to the server. */
export function SearchBox({ search, onSearch, className }: SearchBoxProps) {
  const [text, setText] = useState(search);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text === search) return;
    const timer = setTimeout(() => latest.current(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, search]);
  useKeys([{ keys: '/', does: 'Search the runs', run: () => input.current?.focus() }]);
  return (
    <InputBox
      aria-label="Search the runs"
      before={<Icon className="text-fg-3" of={Search} />}
      className={className}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      placeholder="scenario, variant, tag"
      ref={input}
      size="small"
      type="search"
      value={text}
    />
  );
}
