import { escapeHtml } from './escape-html';
import { type Drawing, renderBlock } from './html-blocks';
import { REPORT_CSS } from './report-css';
import type { ReportDocument, Section } from './report-document';
import type { ReportInput } from './report-input';
import { writeDocument } from './write-document';

/** Nothing is loaded and nothing is run: whoever opens the file can hold it to that. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** What a report may take: it is sent by mail and kept beside a paper. */
export const REPORT_BYTES = 500_000;

/** What is given up, in this order, until the file fits. */
const DRAWINGS: Drawing[] = [
  { hovers: true, phone: true },
  { hovers: false, phone: true },
  { hovers: false, phone: false },
];

/** The report as one file that needs nothing else. Plans of many cells and variants may exceed REPORT_BYTES all the same. */
export function renderHtml(input: ReportInput): string {
  const document = writeDocument(input);
  let page = '';
  for (const drawing of DRAWINGS) {
    page = renderPage(document, drawing);
    if (new TextEncoder().encode(page).length <= REPORT_BYTES) break;
  }
  return page;
}

function renderPage(document: ReportDocument, drawing: Drawing): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(document.title)} · Electrode Lab</title>
<style>${REPORT_CSS}</style>
</head>
<body>
${renderHead(document)}
<main>
${document.sections.map((section) => renderSection(section, drawing)).join('\n')}
</main>
<footer><time data-date>${escapeHtml(document.made)}</time></footer>
</body>
</html>
`;
}

function renderHead({ title, subtitle, question }: ReportDocument): string {
  const asked = question === '' ? '' : `<p class="question">${escapeHtml(question)}</p>`;
  return `<header><h1>${escapeHtml(title)}</h1><p class="subtitle">${escapeHtml(subtitle)}</p>${asked}</header>`;
}

function renderSection({ title, blocks }: Section, drawing: Drawing): string {
  const inside = blocks.map((block) => renderBlock(block, drawing));
  return `<section><h2>${escapeHtml(title)}</h2>\n${inside.join('\n')}\n</section>`;
}
