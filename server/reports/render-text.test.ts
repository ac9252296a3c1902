import { describe, expect, it } from 'vitest';
import { exampleReport } from './example-report';
import { resultsCsv, runsCsv } from './render-csv';
import { renderHtml } from './render-html';
import { renderMarkdown } from './render-markdown';

const small = () => exampleReport({ plan: { pairs: 6 }, busy: [4] });
const fieldsOf = (line: string) => [...line.matchAll(/(?:^|,)(?:"(?:[^"]|"")*"|[^",]*)/g)];
const linesOf = (csv: string) => csv.split('\r\n').slice(0, -1);

describe('a report as Markdown', () => {
  it('has a row for every row of the HTML report', () => {
    const input = small();
    const rows = renderHtml(input).match(/<tr>/g)?.length ?? 0;
    const lines = renderMarkdown(input)
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const rules = lines.filter((line) => /^\|( -+:? \|)+$/.test(line));
    expect(rules.length).toBeGreaterThan(5);
    expect(lines.length - rules.length).toBe(rows);
  });

  it('says that the HTML report has the pictures', () => {
    expect(renderMarkdown(small())).toContain('the HTML report shows Ratio of p50 by cluster size');
  });

  it('keeps markup from outside as text, and a row in its line', () => {
    const text = renderMarkdown(exampleReport({ plan: { pairs: 1, title: '# <b>A|B</b>\nnext', scenarios: ['scenario3'] } }));
    expect(text.split('\n')[0]).toBe('# \\# \\<b\\>A\\|B\\</b\\> next');
  });
});

describe('tables as CSV', () => {
  it('have one field per column in every line', () => {
    const { results, view } = small();
    for (const [csv, rows] of [
      [resultsCsv(results), results.rows.length],
      [runsCsv(view), view.runs.length],
    ] as const) {
      const [head = '', ...body] = linesOf(csv);
      expect(body).toHaveLength(rows);
      for (const line of [head, ...body]) expect(fieldsOf(line)).toHaveLength(fieldsOf(head).length);
    }
  });

  it('give figures unrounded and leave unknown ones empty', () => {
    const row = small().results.rows.find(({ reading }) => reading === 'no_difference_shown');
    if (row === undefined) throw new Error('the example shows no difference somewhere');
    const [, line] = linesOf(resultsCsv({ rows: [{ ...row, noise: null }] }));
    expect(line).toContain(`,${row.medianRatio},`);
    expect(line).toContain('no_difference_shown,,,');
  });

  it('are safe in a spreadsheet', () => {
    const { view } = small();
    const [run] = view.runs;
    const evil = (text: string) => {
      const cells = view.cells.map((cell) => ({ ...cell, scenario: text }));
      return linesOf(runsCsv({ ...view, cells, runs: run === undefined ? [] : [run] }))[1]?.split(run?.sourceId ?? '')[1];
    };
    expect(evil('=1+1')).toMatch(/^,'=1\+1,/);
    expect(evil('@SUM(A1)')).toMatch(/^,'@SUM\(A1\),/);
    expect(evil('-2"x,y')).toMatch(/^,"'-2""x,y",/);
  });
});
