'use client';
import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { FileMenu } from '@/components/ui/file-menu';

const FILES = [
  { file: 'report.html', title: 'Report', note: 'HTML, one file, opens offline' },
  { file: 'report.md', title: 'Report as Markdown', note: 'the same in plain text' },
  { file: 'results.csv', title: 'Results', note: 'CSV, a row per cell, variant and metric' },
  { file: 'runs.csv', title: 'Runs', note: 'CSV, a row per run' },
  { file: 'archive.tar.gz', title: 'Archive', note: 'everything measured, for import elsewhere' },
] as const;

/** Everything that can leave the lab as a file. */
export function ExportMenu({ id }: { id: string }) {
  const folder = `/api/experiments/${encodeURIComponent(id)}`;
  return (
    <FileMenu
      button={(toggle) => (
        <Button {...toggle} icon={Download} size="small">
          Export
        </Button>
      )}
      className="w-[280px] max-md:left-0 md:right-0"
      files={FILES.map(({ file, title, note }) => ({ title, note, href: `${folder}/${file}` }))}
    />
  );
}
