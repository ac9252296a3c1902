import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LabEnv } from '@/server/env';
import { type OpenLab, openLab } from '@/server/open-lab';
import { type Outcome, parse, takePositionals, toNumber, UsageError } from './usage';

const OPTIONS = {
  scenario: { type: 'string' },
  replicas: { type: 'string' },
  variant: { type: 'string' },
  clients: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
} as const;

type Facts = { scenario?: string | undefined; replicas?: string | undefined; variant?: string | undefined; clients: string };

/** `lab import FILE`: an archive of this lab, or the original client's `.raw` file, which needs to be described. */
export async function importFile(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, OPTIONS);
  const [path = ''] = takePositionals(positionals, ['FILE']);
  await access(path).catch((cause: unknown) => {
    throw new UsageError(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  const open = await openLab(env, 'lab');
  try {
    const taken = path.endsWith('.raw') ? await takeRaw(open, path, values) : await takeArchive(open, path);
    if (values.json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, ...taken })}\n`);
    else process.stdout.write(`${taken.experiment ?? 'no experiment'}, ${taken.runs.length} runs: ${sayIds(taken.runs)}\n`);
    return 'ok';
  } finally {
    await open.close();
  }
}

type Taken = { experiment: string | null; runs: string[] };

function takeArchive({ lab }: OpenLab, path: string): Promise<Taken> {
  return lab.files.importArchive(createReadStream(path), basename(path));
}

async function takeRaw({ lab }: OpenLab, path: string, { scenario, replicas, variant, clients }: Facts): Promise<Taken> {
  if (scenario === undefined || replicas === undefined || variant === undefined) {
    throw new UsageError(`${path}: a .raw file holds latencies alone; say --scenario, --replicas and --variant`);
  }
  const facts = {
    name: basename(path),
    scenario,
    variant,
    replicas: toNumber('replicas', replicas),
    clients: toNumber('clients', clients),
  };
  return { experiment: null, runs: [await lab.files.importRaw(createReadStream(path), facts)] };
}

function sayIds(ids: string[]): string {
  return ids.length < 3 ? ids.join(', ') : `${ids[0]} to ${ids.at(-1)}`;
}
