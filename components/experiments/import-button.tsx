'use client';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ImportForm } from './import-form';

/** Runs from another machine, or from the original client: an archive or a file of latencies. */
export function ImportButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={Upload} kind="ghost" onClick={() => setOpen(true)} size="small">
        Import
      </Button>
      <Dialog onClose={() => setOpen(false)} open={open} title="Import runs">
        <ImportForm />
      </Dialog>
    </>
  );
}
