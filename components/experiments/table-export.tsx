'use client';
import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { fileNameOf, saveBlob } from '@/components/ui/export-picture';
import { type TextTable, toCsv, toMarkdown } from '@/components/ui/table-text';

type TableExportProps = {
  /** Of the file, without its ending. */
  name: string;
  table: TextTable;
  /** For people, with units; the same table if absent. */
  reading?: TextTable;
};

/** A table leaves the page as a CSV file or as Markdown in the clipboard. */
export function TableExport({ name, table, reading = table }: TableExportProps) {
  return (
    <>
      <Button
        icon={Download}
        kind="ghost"
        onClick={() => saveBlob(new Blob([toCsv(table)], { type: 'text/csv' }), fileNameOf(name, 'csv'))}
        size="small"
      >
        CSV
      </Button>
      <CopyButton label="Copy as Markdown" text={toMarkdown(reading)} />
    </>
  );
}
