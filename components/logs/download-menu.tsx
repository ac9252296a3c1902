'use client';
import { Download } from 'lucide-react';
import { IconButton } from '@/components/ui/button';
import { FileMenu } from '@/components/ui/file-menu';
import type { LogFilter } from '@/server/api/types';
import { downloadsOf } from './downloads';

/** The log as a file: all of it, or what the filter shows. */
export function DownloadMenu({ runId, filter }: { runId: string; filter: LogFilter }) {
  return (
    <FileMenu
      button={(toggle) => (
        <IconButton {...toggle} className="max-md:size-10" icon={Download} kind="plain" label="Download the log" />
      )}
      className="right-0 w-[230px]"
      files={downloadsOf(runId, filter)}
    />
  );
}
