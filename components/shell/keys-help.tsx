'use client';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { useBoundKeys, useKeys } from '@/components/ui/use-keys';

/** The `?` of the header: every key that works on this page. */
export function KeysHelp() {
  const [open, setOpen] = useState(false);
  useKeys([{ keys: '?', does: 'Show the keys', run: () => setOpen(true) }]);
  const bound = useBoundKeys();
  return (
    <>
      <span className="hidden md:inline-flex">
        <IconButton label="Keys" onClick={() => setOpen(true)}>
          <Kbd>?</Kbd>
        </IconButton>
      </span>
      <Dialog onClose={() => setOpen(false)} open={open} title="Keys on this page">
        <dl className="grid grid-cols-[90px_1fr] gap-y-2">
          {bound.map((binding) => (
            <div className="contents" key={`${binding.keys} ${binding.does}`}>
              <dt className="flex gap-1">
                {binding.keys.split(' ').map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{binding.does}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 text-12 text-fg-3">
          Tab and Shift Tab move between controls, arrow keys within a group. Two keys: one after the other.
        </p>
      </Dialog>
    </>
  );
}
