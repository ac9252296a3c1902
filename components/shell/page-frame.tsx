import type { ReactNode } from 'react';

type PageFrameProps = {
  title: ReactNode;
  /** Quiet words beside the title; hidden on a phone. */
  note?: ReactNode;
  /** At the end of the head. */
  actions?: ReactNode;
  children: ReactNode;
};

/** Main landmark, page title and the stack of cards. It stands whatever the content does. */
export function PageFrame({ title, note, actions, children }: PageFrameProps) {
  return (
    <main className="mx-auto max-w-[1280px] px-3 pt-3 pb-20 md:px-5 md:pt-5 md:pb-8" id="main" tabIndex={-1}>
      <div className="mb-4 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
        <h1>{title}</h1>
        {note === undefined ? null : <span className="hidden text-fg-2 md:inline">{note}</span>}
        {actions === undefined ? null : <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      <div className="flex flex-col gap-3 md:gap-4 [&>*]:min-w-0">{children}</div>
    </main>
  );
}
