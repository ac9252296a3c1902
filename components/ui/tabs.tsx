'use client';
import clsx from 'clsx';
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { useUrlState } from './use-url-state';

export type Tab = {
  /** Stands in the address: `?tab=logs`. */
  id: string;
  label: string;
  /** A quiet figure beside the label. */
  note?: string;
  /** Drawn only while the tab is chosen. */
  panel: () => ReactNode;
};

type TabsProps = { tabs: readonly Tab[]; label: string; urlKey?: string; end?: ReactNode };

/** Tabs whose choice is part of the address. Arrow keys, Home and End move; the first tab is the default. */
export function Tabs({ tabs, label, urlKey = 'tab', end }: TabsProps) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const first = tabs[0]?.id ?? '';
  const [chosen, choose] = useUrlState(urlKey, first);
  const current = tabs.find((tab) => tab.id === chosen) ?? tabs[0];
  if (current === undefined) return null;

  const move = (event: KeyboardEvent) => {
    const at = tabs.indexOf(current);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = tabs[(target + tabs.length) % tabs.length];
    if (next === undefined) return;
    choose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };

  return (
    <>
      <div className="flex items-stretch border-line border-b px-3">
        <div aria-label={label} className="flex min-w-0 gap-0.5 overflow-x-auto" onKeyDown={move} ref={list} role="tablist">
          {tabs.map((tab) => (
            <button
              aria-controls={tab === current ? `${base}-panel` : undefined}
              aria-selected={tab === current}
              className={clsx(
                '-outline-offset-2 flex items-center gap-[7px] whitespace-nowrap border-b-2 px-2.5 py-[11px] font-medium',
                tab === current ? 'border-accent text-fg' : 'border-transparent text-fg-2 hover:text-fg',
              )}
              data-tab={tab.id}
              id={`${base}-${tab.id}`}
              key={tab.id}
              onClick={() => choose(tab.id)}
              role="tab"
              tabIndex={tab === current ? 0 : -1}
              type="button"
            >
              {tab.label}
              {tab.note === undefined ? null : <span className="font-normal text-12 text-fg-3">{tab.note}</span>}
            </button>
          ))}
        </div>
        {end === undefined ? null : <div className="ml-auto flex items-center gap-2 pl-3">{end}</div>}
      </div>
      <div aria-labelledby={`${base}-${current.id}`} id={`${base}-panel`} role="tabpanel">
        {current.panel()}
      </div>
    </>
  );
}
