/** Files that hold runs, on their way into the lab. */
export type Imported = { experiment: string | null; runs: string[] };

/** What a file of bare latencies does not say itself. */
export type RawFacts = { name: string; scenario: string; replicas: string; variant: string; clients: string };

/** A refusal in the lab's own words. */
export class ImportRefused extends Error {
  readonly remedy: string | null;
  constructor(message: string, remedy: string | null) {
    super(message);
    this.name = 'ImportRefused';
    this.remedy = remedy;
  }
}

/** `name` is what errors call the file. */
export async function sendArchive(file: Blob, name: string): Promise<Imported> {
  const answer = await send(`/api/import?${new URLSearchParams({ name })}`, file);
  return { experiment: textOf(answer, 'experiment'), runs: textsOf(answer, 'runs') };
}

/** Resolves with the run's id. */
export async function sendRaw(file: Blob, facts: RawFacts): Promise<string> {
  const answer = await send(`/api/import-raw?${new URLSearchParams(facts)}`, file);
  const run = textOf(answer, 'run');
  if (run === null) throw new ImportRefused('The server answered without naming the run.', null);
  return run;
}

async function send(address: string, body: Blob): Promise<unknown> {
  const response = await fetch(address, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } });
  // A proxy or a server that is going down answers with something else than JSON.
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const message = textOf(answer, 'message') ?? `The server refused the file (${response.status}).`;
  throw new ImportRefused(message, textOf(answer, 'remedy'));
}

function fieldOf(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null ? Object.entries(answer).find(([key]) => key === name)?.[1] : undefined;
}

function textOf(answer: unknown, name: string): string | null {
  const value = fieldOf(answer, name);
  return typeof value === 'string' ? value : null;
}

function textsOf(answer: unknown, name: string): string[] {
  const value = fieldOf(answer, name);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export type FileKind = 'archive' | 'raw';

/** By its name; null for what is neither. */
export function kindOf(fileName: string): FileKind | null {
  if (/\.(tar\.gz|tgz)$/i.test(fileName)) return 'archive';
  return /\.raw$/i.test(fileName) ? 'raw' : null;
}

/** What is still missing of a `.raw` file's facts, in words; null if nothing is. */
export function rawProblem({ scenario, variant, replicas, clients }: RawFacts): string | null {
  if (scenario.trim() === '' || variant.trim() === '') return 'Name the scenario and the variant it was measured with.';
  if (!/^[1-9]\d*$/.test(replicas)) return 'Say how many replicas the cluster had.';
  return /^[1-9]\d*$/.test(clients) ? null : 'Say how many clients wrote the file.';
}
