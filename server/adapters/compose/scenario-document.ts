import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { findSchemaProblem } from './compose-schema';

/** Why a folder can't be launched; becomes BrokenScenario.problem. */
export class ScenarioProblem extends Error {
  override readonly name = 'ScenarioProblem';
}

/** A compose file that is YAML and Compose, with the way back from a key to its line. */
export class ScenarioDocument {
  private constructor(
    private readonly fileName: string,
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    /** Not interpolated, merge keys resolved. */
    readonly content: unknown,
  ) {}

  /** Throws ScenarioProblem naming file, line, cause and remedy. */
  static parse(fileName: string, text: string): ScenarioDocument {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
    const [first] = document.errors;
    if (first !== undefined) {
      const { line, col } = lines.linePos(first.pos[0]);
      throw new ScenarioProblem(`${fileName}, line ${line}, column ${col}: not YAML: ${first.message}. Mend that line.`);
    }
    const parsed = new ScenarioDocument(fileName, document, lines, toContent(fileName, document));
    if (!isMap(document.contents)) {
      throw new ScenarioProblem(`${fileName}, line 1: not a Compose file: it holds no keys. Begin with \`services:\`.`);
    }
    const problem = findSchemaProblem(parsed.content);
    if (problem !== null) {
      throw parsed.problemAt(
        problem.path,
        `not a Compose file: ${problem.path.join('.') || 'the document'} ${problem.message}`,
      );
    }
    return parsed;
  }

  /** The line of the deepest key on this path that is written in the file, from 1. */
  lineOf(path: readonly string[]): number {
    for (let length = path.length; length > 0; length--) {
      const offset = this.offsetOf(path.slice(0, length));
      if (offset !== null) return this.lines.linePos(offset).line;
    }
    return 1;
  }

  problemAt(path: readonly string[], words: string, remedy = 'Mend that line.'): ScenarioProblem {
    return new ScenarioProblem(`${this.fileName}, line ${this.lineOf(path)}: ${words}. ${remedy}`);
  }

  /** Where the key itself stands, not its value, which may begin on a later line. */
  private offsetOf(path: readonly string[]): number | null {
    const parent = path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
    const last = path.at(-1) ?? '';
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === last);
      if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? null;
    }
    const value = this.document.getIn(path, true);
    return isNode(value) ? (value.range?.[0] ?? null) : null;
  }
}

function toContent(fileName: string, document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new ScenarioProblem(`${fileName}: not YAML that can be resolved: ${cause instanceof Error ? cause.message : cause}.`);
  }
}
