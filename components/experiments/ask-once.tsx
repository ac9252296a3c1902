'use client';
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

type AskOnceProps = {
  word: string;
  icon: LucideIcon;
  iconFilled?: boolean;
  /** What the button says while it happens; null before. */
  pending: string | null;
  question: string;
  /** What will be gone, and what stays. */
  children: ReactNode;
  keep: string;
  confirm: string;
  onConfirm: () => void;
};

/** A button for what cannot be undone: it asks once. */
export function AskOnce({ word, icon, iconFilled, pending, question, children, keep, confirm, onConfirm }: AskOnceProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        disabled={pending !== null}
        icon={icon}
        iconFilled={iconFilled}
        kind="danger"
        onClick={() => setAsking(true)}
        size="small"
      >
        {pending ?? word}
      </Button>
      <Dialog onClose={() => setAsking(false)} open={asking} title={question}>
        <p>{children}</p>
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={() => setAsking(false)}>{keep}</Button>
          <Button
            autoFocus
            kind="danger"
            onClick={() => {
              setAsking(false);
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
