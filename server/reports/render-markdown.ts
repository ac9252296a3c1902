import type { Block, Cell, Column, Section } from './report-document';
import type { ReportInput } from './report-input';
import { writeDocument } from './write-document';

/** The report as text: all of it but the pictures, which it names. */
export function renderMarkdown(input: ReportInput): string {
  const { title, subtitle, question, sections, made } = writeDocument(input);
  const head = [`# ${inline(title)}`, inline(subtitle), inline(question)].filter((part) => part !== '');
  return `${[...head, ...sections.map(renderSection), inline(made)].join('\n\n')}\n`;
}

function renderSection({ title, blocks }: Section): string {
  return [`## ${inline(title)}`, ...blocks.map(renderBlock)].join('\n\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'headline':
      return `**${inline(block.text)}**`;
    case 'paragraph':
      return inline(block.text);
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n');
    case 'facts':
      return block.facts.map(({ term, text }) => `- ${inline(term)}: ${inline(text)}`).join('\n');
    case 'code':
      return fence(block.text);
    case 'table':
      return `${inline(block.caption)}\n\n${markdownTable(block.head, block.rows)}`;
    case 'figures':
      return `${inline(block.title)}: the HTML report shows ${block.figures.map(({ title }) => inline(title)).join('; ')}.`;
  }
}

/** Columns of numbers align right. */
export function markdownTable(head: readonly Column[], rows: readonly Cell[][]): string {
  const titles = head.map(({ title }) => inline(title));
  const rule = head.map(({ align }) => (align === 'right' ? '---:' : '---'));
  const body = rows.map((row) => row.map(({ text }) => inline(text)));
  return [titles, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** One line in which nothing is markup: names come from outside. */
function inline(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~]/g, (character) => `\\${character}`).replace(/\s*[\r\n]+\s*/g, ' ');
}

/** A fence longer than any run of backticks inside. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}\n${text}\n${ticks}`;
}
