import { repeatCommand } from './repeat-command';
import type { Block, Section } from './report-document';
import type { ReportInput } from './report-input';

/** The command that runs the same again, and where everything that was measured can be had. */
export function repeatSection({ view, storeId }: ReportInput): Section {
  const { record } = view;
  const { command, planFile } = repeatCommand(record.plan);
  const id = record.importedFrom?.id ?? record.id;
  const file: Block[] =
    planFile === null
      ? []
      : [
          { kind: 'paragraph', text: 'plan.json:' },
          { kind: 'code', text: planFile },
        ];
  return {
    title: 'Repeat it',
    blocks: [
      { kind: 'code', text: command },
      ...file,
      {
        kind: 'paragraph',
        text: `The raw data, every interval, event, sample and log line, are in the store ${storeId} where it was measured, as experiment ${id}. This writes them to one archive with checksums; "lab import" reads it on any machine:`,
      },
      { kind: 'code', text: `npm run -s lab -- export ${id} --out ${id}.tar.gz` },
    ],
  };
}
