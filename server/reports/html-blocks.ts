import { toMarkup } from '@/pictures/svg';
import { escapeHtml } from './escape-html';
import type { Block, Cell, Column, Figure } from './report-document';
import { withoutHovers } from './without-hovers';

/** CSS pixels that a picture has: beside another on a screen and on paper, and on a phone. */
const WIDE_PX = 560;
const NARROW_PX = 346;

/**
 * hovers: pictures tell their numbers when pointed at. phone: each is drawn a second time, for a narrow screen; else it scrolls
 * there.
 */
export type Drawing = { hovers: boolean; phone: boolean };

export function renderBlock(block: Block, drawing: Drawing): string {
  switch (block.kind) {
    case 'headline':
      return `<p class="headline">${escapeHtml(block.text)}</p>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<dl>${block.facts.map(({ term, text }) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`).join('')}</dl>`;
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'table':
      return renderTable(block);
    case 'figures':
      return renderFigures(block, drawing);
  }
}

function renderTable({ caption, head, rows }: Extract<Block, { kind: 'table' }>): string {
  const titles = head.map(({ title, align }) => `<th scope="col"${asClass(ALIGN[align])}>${escapeHtml(title)}</th>`);
  const body = rows.map((row) => `<tr>${row.map((cell, at) => renderCell(cell, head[at])).join('')}</tr>`);
  const name = escapeHtml(caption);
  // What is wider than a phone scrolls by itself, and by keys once it has the focus.
  return `<div class="wide" role="region" aria-label="${name}" tabindex="0"><table><caption>${name}</caption>
<thead><tr>${titles.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}

/** Classes are short: a table of all runs has thousands of cells. */
const ALIGN: Record<Column['align'], string> = { left: '', right: 'n', sentence: 't' };
const LOOK: Record<NonNullable<Cell['look']>, string> = { code: 'c', strong: 's' };

function renderCell({ text, look, tone }: Cell, column: Column | undefined): string {
  const names = [column === undefined ? '' : ALIGN[column.align], look === undefined ? '' : LOOK[look], tone ?? ''];
  return `<td${asClass(names.filter((name) => name !== '').join(' '))}>${escapeHtml(text)}</td>`;
}

const asClass = (names: string) => (names === '' ? '' : ` class="${names}"`);

function renderFigures({ title, note, figures }: Extract<Block, { kind: 'figures' }>, drawing: Drawing): string {
  const said = note === null ? '' : `<p>${escapeHtml(note)}</p>`;
  const drawn = figures.map((figure) => renderFigure(figure, drawing));
  return `<h3>${escapeHtml(title)}</h3>${said}\n<div class="figures">\n${drawn.join('\n')}\n</div>`;
}

function renderFigure({ title, draw }: Figure, { hovers, phone }: Drawing): string {
  const { root } = draw({ width: WIDE_PX });
  const wide = toMarkup(hovers ? root : withoutHovers(root));
  const drawn = phone
    ? `<div class="w">${wide}</div><div class="p">${toMarkup(withoutHovers(draw({ width: NARROW_PX }).root))}</div>`
    : `<div class="wide">${wide}</div>`;
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${drawn}</figure>`;
}
