'use client';
import clsx from 'clsx';
import { type ReactNode, useId, useRef, useState } from 'react';

export type FileLink = { title: string; note: string; href: string };

/** What the button that opens the menu has to carry. */
type Toggle = { 'aria-controls': string | undefined; 'aria-expanded': boolean; onClick: () => void };

type FileMenuProps = {
  files: readonly FileLink[];
  button: (toggle: Toggle) => ReactNode;
  /** Width and side of the list. */
  className: string;
};

/** Files to save, behind a button. Links, so that the browser's own "save as" works. */
export function FileMenu({ files, button, className }: FileMenuProps) {
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
      {button({
        'aria-controls': open ? list : undefined,
        'aria-expanded': open,
        onClick: () => setOpen((before) => !before),
      })}
      {open ? (
        <ul
          className={clsx(
            'absolute top-full z-20 mt-1 rounded-2 border border-line-strong bg-surface py-1 shadow-panel',
            className,
          )}
          id={list}
          tabIndex={-1}
        >
          {files.map(({ title, note, href }) => (
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
