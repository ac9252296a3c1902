'use client';
import { Download } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/button';
import type { LogFilter } from '@/server/api/types';
import { downloadsOf } from './downloads';

/** The log as a file: all of it, or what the filter shows. Links, so that the browser's own "save as" works. */
export function DownloadMenu({ runId, filter }: { runId: string; filter: LogFilter }) {
  const [open, setOpen] = useState(false);
  const list = useId();
  const frame = useRef<HTMLDivElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Escape and the focus leaving what is inside.
    <div
      className="relative"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        frame.current?.querySelector('button')?.focus();
      }}
      ref={frame}
    >
      <IconButton
        aria-controls={open ? list : undefined}
        aria-expanded={open}
        className="max-md:size-10"
        icon={Download}
        kind="plain"
        label="Download the log"
        onClick={() => setOpen((before) => !before)}
      />
      {open ? (
        <ul
          className="absolute top-full right-0 z-20 mt-1 w-[230px] rounded-2 border border-line-strong bg-surface py-1 shadow-panel"
          id={list}
          tabIndex={-1}
        >
          {downloadsOf(runId, filter).map(({ title, note, href }) => (
            <li key={href}>
              <a
                className="-outline-offset-2 block px-3 py-1.5 hover:bg-surface-3"
                download
                href={href}
                onClick={() => setOpen(false)}
              >
                <span className="font-medium">{title}</span>
                <span className="block text-12 text-fg-3">{note}</span>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
