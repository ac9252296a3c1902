import type { Picture } from '@/pictures/picture';

/** A report before it has a form: HTML and Markdown are written from the same, so that neither says more. */
export type ReportDocument = {
  title: string;
  /** What stands beside the title: id, state. */
  subtitle: string;
  question: string;
  sections: Section[];
  /** When it was made, and when it was brought in; the one place where dates stand that are not the measurement's own. */
  made: string;
};

export type Section = { title: string; blocks: Block[] };

export type Block =
  | { kind: 'headline'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'facts'; facts: { term: string; text: string }[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; caption: string; head: Column[]; rows: Cell[][] }
  | { kind: 'figures'; title: string; note: string | null; figures: Figure[] };

/** sentence: its cells break into lines; all others stay on one. */
export type Column = { title: string; align: 'left' | 'right' | 'sentence' };

/** tone: what a reader should notice; the words say the same. */
export type Cell = { text: string; look?: 'code' | 'strong'; tone?: 'good' | 'warn' | 'bad' };

/** Drawn again for each width, since text in a picture is never scaled. */
export type Figure = { title: string; draw: (sheet: { width: number }) => Picture };

export const left = (title: string): Column => ({ title, align: 'left' });
export const sentence = (title: string): Column => ({ title, align: 'sentence' });
export const right = (title: string): Column => ({ title, align: 'right' });

export const plain = (text: string): Cell => ({ text });
export const code = (text: string): Cell => ({ text, look: 'code' });
