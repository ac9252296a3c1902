/** The words of a fault plan's text, taken one by one. */

/** A part of the text that cannot be read: what, why, and what to write instead. */
export class UnreadableFault extends Error {}

const WORD = /<->|->|%|[A-Za-z0-9](?:[A-Za-z0-9_.]|-(?!>))*|\S/g;
const NUMBER = /^(\d+(?:\.\d+)?)(s?)$/;

export class FaultWords {
  readonly #words: string[];
  #at = 0;

  constructor(text: string) {
    this.#words = text.replaceAll('↔', '<->').replaceAll('→', '->').match(WORD) ?? [];
  }

  get atEnd(): boolean {
    return this.#at >= this.#words.length;
  }

  /** The next word, which stays; lower case, since only names care. Empty at the end. */
  peek(): string {
    return (this.#words[this.#at] ?? '').toLowerCase();
  }

  /** Takes the next word if it is this one. */
  takes(word: string): boolean {
    if (this.peek() !== word) return false;
    this.#at += 1;
    return true;
  }

  /** Takes this word or fails with what to write. */
  expect(word: string, remedy: string): void {
    if (!this.takes(word)) this.fail(`has ${this.#shown()} where ${word} belongs. ${remedy}`);
  }

  /** A name, as it was written. */
  name(remedy: string): string {
    const word = this.#words[this.#at] ?? '';
    if (!/^[A-Za-z0-9]/.test(word)) this.fail(`has ${this.#shown()} where a name belongs. ${remedy}`);
    this.#at += 1;
    return word;
  }

  /** A number with its unit behind it: `5 s`, `5s`, `0.5 s`; a missing unit is taken for granted. */
  seconds(remedy: string): number {
    const [, digits, glued] = NUMBER.exec(this.peek()) ?? [];
    if (digits === undefined) this.fail(`has ${this.#shown()} where seconds belong. ${remedy}`);
    this.#at += 1;
    if (glued === '') this.takes('s');
    return Number(digits);
  }

  percent(remedy: string): number {
    const [, digits, glued] = NUMBER.exec(this.peek()) ?? [];
    if (digits === undefined || glued !== '') this.fail(`has ${this.#shown()} where a percentage belongs. ${remedy}`);
    this.#at += 1;
    this.takes('%');
    return Number(digits);
  }

  /** Everything has been taken. */
  end(remedy: string): void {
    if (!this.atEnd) this.fail(`goes on with ${this.#shown()}, which says nothing. ${remedy}`);
  }

  fail(why: string): never {
    throw new UnreadableFault(why);
  }

  #shown(): string {
    return this.atEnd ? 'nothing' : JSON.stringify(this.#words[this.#at]);
  }
}
