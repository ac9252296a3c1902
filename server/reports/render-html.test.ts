import { describe, expect, it } from 'vitest';
import type { ImportedRun } from '../domain/archive';
import { toPlannedRun } from '../domain/experiment/planned-run';
import { renumberArchive } from '../domain/renumber-archive';
import { EXAMPLE_PLAN, exampleReport } from './example-report';
import { REPORT_BYTES, renderHtml } from './render-html';
import { renderMarkdown } from './render-markdown';
import type { ReportInput } from './report-input';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const small = () => exampleReport({ plan: { pairs: 6 }, busy: [4] });
const picturesIn = (page: string) => page.match(/<svg /g)?.length ?? 0;

/** What a browser would fetch: addresses in attributes and in style sheets. */
const loadsIn = (page: string) =>
  page.match(/(?:\s(?:src|href|srcset|data|action)\s*=|url\(|@import|<(?:script|link|iframe|object|embed))/gi);

describe('a report as HTML', () => {
  it('takes at most 500 kB for three scenarios of twenty pairs, with each picture drawn for screen and phone', () => {
    for (const seconds of [2.2, 60]) {
      const page = renderHtml(exampleReport({ busy: [17, 44], seconds }));
      expect(bytesOf(page)).toBeLessThanOrEqual(REPORT_BYTES);
      expect(picturesIn(page)).toBe(2 * (4 + 3 * 7));
    }
  }, 60_000);

  it('gives up the drawings for phones before it grows beyond that', () => {
    const variants = ['baseline', 'tc_broadcast', 'sendmmsg', 'multicast'];
    const page = renderHtml(exampleReport({ plan: { variants, pairs: 20, scenarios: ['scenario3', 'scenario5'] } }));
    expect(bytesOf(page)).toBeLessThanOrEqual(REPORT_BYTES);
    expect(page).not.toContain('<div class="p">');
  }, 60_000);

  it('loads nothing, and forbids itself to', () => {
    const page = renderHtml(small());
    expect(loadsIn(page)).toBeNull();
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(page.match(/https?:\/\//g)).toBeNull();
  });

  it('puts the verdict before everything else', () => {
    const { results, ...input } = small();
    const page = renderHtml({ results, ...input });
    const at = (text: string) => page.indexOf(text);
    const order = [
      'Broadcast by cluster size</h1>',
      'How does tc_broadcast',
      results.verdict.headline,
      'Primary metric: p50',
      '<svg ',
    ];
    expect(order.map(at)).toEqual(order.map(at).toSorted((a, b) => a - b));
    expect(at(results.verdict.headline)).toBeGreaterThan(0);
  });

  it('keeps names from outside what they are', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const page = renderHtml(exampleReport({ plan: { pairs: 2, title: evil, question: evil, variants: ['baseline', evil] } }));
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
    expect(page).toContain('&#60;script&#62;');
  });

  it('is the same each time it is made', () => {
    const input = small();
    expect(renderHtml(input)).toBe(renderHtml(input));
    expect(renderMarkdown(input)).toBe(renderMarkdown(input));
  });

  it('is the same on another machine, but for the line that says when it was made', () => {
    const here = small();
    const there = travelled(here);
    const withoutDates = (page: string) => page.replace(/<time data-date>.*?<\/time>/g, '');
    expect(there.view.runs[0]?.runId).toBe('r-9000');
    expect(withoutDates(renderHtml(there))).toBe(withoutDates(renderHtml(here)));
    expect(renderHtml(there)).not.toBe(renderHtml(here));
  });

  it('lists a run that was left out with its gate, its number and what to do', () => {
    const page = renderHtml(small());
    const row = /<tr><td[^>]*>r-0100<\/td>.*?Host otherwise idle: invalid.*?<\/tr>/.exec(page)?.[0];
    expect(row).toContain('0.97 cores');
    expect(row).toContain('stress-ng pid 4711');
    expect(row).toContain('End it or wait until it is over');
    expect(page).toContain('Left out together with what ran beside it.');
  });
});

describe('a report of', () => {
  it('a control tells its two sides apart and claims no floor from elsewhere', () => {
    const page = renderHtml(exampleReport({ plan: { variants: ['baseline', 'baseline'], pairs: 6 } }));
    expect(page).toContain('baseline (A)');
    expect(page).toContain('baseline (B)');
    expect(page).toContain('This is a control');
    expect(page).not.toContain('x-0016');
  });

  it('an experiment of which nothing is valid shows no ratio', () => {
    const plan = { pairs: 1, scenarios: ['scenario3'] };
    const { results, ...input } = exampleReport({ plan, busy: [0, 1], launched: 2 });
    expect(results.rows.every(({ n, medianRatio }) => n === 0 && medianRatio === null)).toBe(true);
    const page = renderHtml({ results, ...input });
    expect(page).toContain('No pair counts yet, so nothing is compared.');
    expect(page).toContain('0 of 1 pair count');
  });

  it('a running one says how far it is', () => {
    const running = { record: { state: 'running', endedAt: null } as const };
    expect(renderHtml(exampleReport({ ...running, launched: 0 }))).toContain('0 of 120 runs are over');
    expect(renderHtml(exampleReport({ ...running, launched: 7 }))).toContain('Preliminary');
  });

  it('a sweep has a curve of throughput and latency, and repeats with a list of clients', () => {
    const workloads = [1, 2, 4].map((clients) => ({ ...(EXAMPLE_PLAN.workloads[0] ?? fail()), clients }));
    const page = renderHtml(exampleReport({ plan: { workloads, pairs: 2, scenarios: ['scenario3'] } }));
    expect(page).toContain('Throughput and latency, scenario3');
    expect(page).toContain('--clients 1,2,4 ');
  });
});

function fail(): never {
  throw new Error('the example has a workload');
}

/** As it comes out of an archive on another machine, at another time. */
function travelled({ view, runs, results, ...rest }: ReportInput): ReportInput {
  const none = { intervals: [], events: [], samples: [], bpf: [], log: { [Symbol.asyncIterator]: noLines } };
  const archive = {
    storeId: rest.storeId,
    createdAt: 1,
    experiment: view.record,
    runs: runs.map((run): ImportedRun => ({ view: run, ...none })),
  };
  const runIds = new Map(runs.map(({ config }, at) => [config.id, `r-${9000 + at}`]));
  const { experiment, runs: renumbered } = renumberArchive(archive, { runIds, experimentId: 'x-0900' }, 1_800_000_000_000);
  const views = renumbered.map((run) => run.view);
  return {
    ...rest,
    view: { ...view, record: experiment ?? view.record, runs: views.flatMap((run) => toPlannedRun(run) ?? []) },
    results: { ...results, experimentId: 'x-0900' },
    runs: views,
    generatedAt: 1_900_000_000_000,
  };
}

async function* noLines() {}
