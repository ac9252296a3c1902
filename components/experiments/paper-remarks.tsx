import { TriangleAlert } from 'lucide-react';
import { Icon } from '@/components/ui/icon';
import type { Cell, MetricResult } from '@/server/api/types';
import { listWords } from './plan-words';
import { outsidePaper } from './read-results';

/** What was published, how it differs from here, and likely causes of a result beside it: too good as well as too bad. */
export function PaperRemarks({ rows, cells }: { rows: readonly MetricResult[]; cells: readonly Cell[] }) {
  const outside = outsidePaper(rows, cells);
  const papers = rows.flatMap(({ paper }) => paper ?? []);
  const sources = [...new Set(papers.map(({ source }) => source))];
  const notes = [...new Set(papers.map(({ note }) => note))];
  if (papers.length === 0) return null;
  return (
    <section
      aria-label="Beside what was published"
      className="flex flex-col gap-3 border-line border-t px-3 py-3 text-12 md:px-4"
    >
      {outside.map(({ state, where, causes }) => (
        <div key={`${state} ${where.join()}`}>
          <p className="flex gap-2">
            <Icon className="mt-[3px] text-warn" of={TriangleAlert} />
            <span>
              <b>Outside what was published, too {state === 'too_good' ? 'good' : 'bad'}:</b> {listWords(where)}. Likely causes:
            </span>
          </p>
          <ol className="mt-1 ml-[22px] list-decimal pl-4 text-fg-2">
            {causes.map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ol>
        </div>
      ))}
      <p className="text-fg-3">
        {listWords(sources)}. {notes.join(' ')}
      </p>
    </section>
  );
}
