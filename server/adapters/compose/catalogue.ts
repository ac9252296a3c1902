import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { BrokenScenario, Catalogue, Scenario } from '@/server/domain/scenario';
import { describeScenario } from './describe-scenario';
import { ScenarioDocument, ScenarioProblem } from './scenario-document';

/** In Compose's own order of preference, but for the name that the project's scenarios use. */
const FILE_NAMES = ['docker-compose.yaml', 'docker-compose.yml', 'compose.yaml', 'compose.yml'];
const ABSENT = 'absent';
const FILE_MAX_BYTES = 1024 * 1024;

type Entry = { scenario: Scenario } | { broken: BrokenScenario };
type Cached = { fingerprint: string; entry: Entry };

/** Reads every folder under `scenarios/`, afresh on each call; a folder whose files didn't change isn't parsed again. */
export class CatalogueReader {
  private readonly cache = new Map<string, Cached>();

  constructor(
    private readonly scenariosDir: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** A missing scenarios folder gives an empty catalogue with one broken entry that says so. */
  async read(): Promise<Catalogue> {
    let names: string[];
    try {
      const entries = await readdir(this.scenariosDir, { withFileTypes: true });
      names = entries.filter((entry) => !entry.isFile() && !entry.name.startsWith('.')).map((entry) => entry.name);
    } catch {
      const problem = `The scenarios folder ${this.scenariosDir} cannot be read. Create it, or set LAB_SCENARIOS_DIR.`;
      return { scenarios: [], broken: [{ name: 'scenarios', composeFile: this.scenariosDir, problem }] };
    }
    const entries = await Promise.all(names.map((name) => this.readFolder(name)));
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en', { numeric: true });
    return {
      scenarios: entries.flatMap((entry) => ('scenario' in entry ? [entry.scenario] : [])).sort(byName),
      broken: entries.flatMap((entry) => ('broken' in entry ? [entry.broken] : [])).sort(byName),
    };
  }

  private async readFolder(name: string): Promise<Entry> {
    const folder = join(this.scenariosDir, name);
    let composeFile = join(folder, FILE_NAMES[0] ?? '');
    try {
      await refuseOutside(this.scenariosDir, folder, name);
      const fileName = await findComposeFile(folder, name);
      composeFile = join(folder, fileName);
      await refuseOutside(folder, composeFile, `${name}/${fileName}`);
      const fingerprint = `${await fingerprintOf(composeFile)} ${await fingerprintOf(join(folder, 'config.txt'))}`;
      const cached = this.cache.get(name);
      if (cached?.fingerprint === fingerprint) return cached.entry;
      const entry = await this.parse(name, composeFile, `${name}/${fileName}`);
      this.cache.set(name, { fingerprint, entry });
      return entry;
    } catch (cause) {
      return brokenEntry(name, composeFile, cause);
    }
  }

  private async parse(name: string, composeFile: string, shownName: string): Promise<Entry> {
    try {
      const document = ScenarioDocument.parse(shownName, await readFile(composeFile, 'utf8'));
      const configText = await readConfigText(dirname(composeFile), name);
      return { scenario: describeScenario({ name, composeFile, document, configText, environment: this.environment }) };
    } catch (cause) {
      return brokenEntry(name, composeFile, cause);
    }
  }
}

function brokenEntry(name: string, composeFile: string, cause: unknown): Entry {
  const words = cause instanceof Error ? cause.message : String(cause);
  const problem = cause instanceof ScenarioProblem ? words : `${name}: cannot be read: ${words}`;
  return { broken: { name, composeFile, problem } };
}

async function findComposeFile(folder: string, name: string): Promise<string> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new ScenarioProblem(`${name}: a scenario's name has letters, digits, dot, - and _ alone. Rename the folder.`);
  }
  const present = new Set(await readdir(folder));
  const found = FILE_NAMES.filter((fileName) => present.has(fileName));
  const [first, second] = found;
  if (first === undefined) {
    throw new ScenarioProblem(`${name}: no docker-compose.yaml in the folder. Add one, or move the folder elsewhere.`);
  }
  if (second !== undefined) throw new ScenarioProblem(`${name}: holds ${found.join(' and ')}. Keep one.`);
  const { size } = await stat(join(folder, first));
  if (size > FILE_MAX_BYTES) throw new ScenarioProblem(`${name}/${first}: ${size} bytes is no compose file (at most 1 MiB).`);
  return first;
}

/** A link that leads out would let whoever may write a scenario launch any file of this host. */
async function refuseOutside(root: string, path: string, shownName: string): Promise<void> {
  const real = relative(await realpath(root), await realpath(path));
  if (real !== '..' && !real.startsWith(`..${sep}`) && real !== '' && !real.startsWith(sep)) return;
  const kind = (await lstat(path)).isSymbolicLink() ? 'a symbolic link that leads' : 'lies';
  throw new ScenarioProblem(`${shownName}: ${kind} outside its folder. Copy what it points to.`);
}

/** null without the file, which is optional. */
async function readConfigText(folder: string, name: string): Promise<string | null> {
  const path = join(folder, 'config.txt');
  if ((await fingerprintOf(path)) === ABSENT) return null;
  await refuseOutside(folder, path, `${name}/config.txt`);
  return readFile(path, 'utf8');
}

async function fingerprintOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs}:${size}:${ino}`;
  } catch {
    return ABSENT;
  }
}
