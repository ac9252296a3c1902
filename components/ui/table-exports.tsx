'use client';
import { Download } from 'lucide-react';
import { Button } from './button';
import { CopyButton } from './copy-button';
import { fileNameOf, saveBlob } from './export-picture';
import { type TextTable, toCsv, toMarkdown } from './table-text';

type TableExportsProps = {
  /** Of the file, without its ending. */
  name: string;
  /** Raw figures, units in the head. */
  raw: TextTable;
  /** As the page words it. */
  worded: TextTable;
  /** Stands above the Markdown table: what it is about. */
  title?: string;
};

/** A table as a CSV file, and as Markdown on the clipboard. */
export function TableExports({ name, raw, worded, title }: TableExportsProps) {
  const markdown = `${title === undefined ? '' : `${title}\n\n`}${toMarkdown(worded)}`;
  return (
    <>
      <Button
        icon={Download}
        kind="ghost"
        onClick={() => saveBlob(new Blob([toCsv(raw)], { type: 'text/csv;charset=utf-8' }), fileNameOf(name, 'csv'))}
        size="small"
      >
        CSV
      </Button>
      <CopyButton label="Copy as Markdown" text={markdown} />
    </>
  );
}
