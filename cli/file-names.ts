import type { ReportFormat } from '@/server/experiments/planned/file-desk';
import { UsageError } from './usage';

/** `results.csv` and `runs.csv` may have words before them: `x-0003.results.csv`. */
export function formatOf(path: string): ReportFormat {
  const endings: [string, ReportFormat][] = [
    ['results.csv', 'results.csv'],
    ['runs.csv', 'runs.csv'],
    ['.html', 'html'],
    ['.md', 'md'],
  ];
  const found = endings.find(([ending]) => path.toLowerCase().endsWith(ending));
  if (found === undefined) throw new UsageError(`--out ${path}: must end in .html, .md, results.csv or runs.csv`);
  return found[1];
}
