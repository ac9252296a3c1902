'use client';
import { Toaster as Sonner } from 'sonner';

/** Short remarks at the edge. Anything a person must act on stands on the page instead. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[356px] font-sans max-w-full items-start gap-2.5 rounded-2 border border-line-strong bg-surface px-3.5 py-3 text-13 text-fg shadow-panel',
          description: 'text-12 text-fg-2',
          error: 'border-bad-line',
          actionButton: 'ml-auto shrink-0 rounded-1 border border-line-strong px-2 py-1 text-12 font-medium',
        },
      }}
    />
  );
}
