'use client';
import clsx from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './button';

type DialogProps = { open: boolean; onClose: () => void; title: string; wide?: boolean; children: ReactNode };

/** The browser's modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ open, onClose, title, wide = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the box closes it; by keyboard Escape does.
    <dialog
      aria-label={title}
      className={clsx(
        wide ? 'w-[min(1080px,calc(100vw-24px))]' : 'w-[min(560px,calc(100vw-24px))]',
        'm-auto rounded-3 border border-line-strong bg-surface p-0 text-fg shadow-panel backdrop:bg-bg/70',
      )}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      onClose={onClose}
      ref={ref}
    >
      {open ? (
        <>
          <header className="flex items-center border-line border-b py-2.5 pr-2.5 pl-4">
            <h2>{title}</h2>
            <IconButton className="ml-auto" icon={X} label="Close" onClick={onClose} />
          </header>
          <div className="p-4">{children}</div>
        </>
      ) : null}
    </dialog>
  );
}
