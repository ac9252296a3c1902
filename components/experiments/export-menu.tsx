'use client';
import { Download } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';

const FILES = [
  { file: 'report.html', title: 'Report', note: 'HTML, one file, opens offline' },
  { file: 'report.md', title: 'Report as Markdown', note: 'the same in plain text' },
  { file: 'results.csv', title: 'Results', note: 'CSV, a row per cell, variant and metric' },
  { file: 'runs.csv', title: 'Runs', note: 'CSV, a row per run' },
  { file: 'archive.tar.gz', title: 'Archive', note: 'everything measured, for import elsewhere' },
] as const;

/** Everything that can leave the lab as a file. Links, so that the browser's own "save as" works. */
export function ExportMenu({ id }: { id: string }) {
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
      <Button
        aria-controls={open ? list : undefined}
        aria-expanded={open}
        icon={Download}
        onClick={() => setOpen((before) => !before)}
        size="small"
      >
        Export
      </Button>
      {open ? (
        <ul
          className="absolute top-full z-20 mt-1 w-[280px] rounded-2 border border-line-strong bg-surface py-1 shadow-panel max-md:left-0 md:right-0"
          id={list}
          tabIndex={-1}
        >
          {FILES.map(({ file, title, note }) => (
            <li key={file}>
              <a
                className="-outline-offset-2 block px-3 py-1.5 hover:bg-surface-3"
                download
                href={`/api/experiments/${encodeURIComponent(id)}/${file}`}
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
