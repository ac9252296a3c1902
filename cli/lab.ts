/** `lab`: the same use cases as the panel's, without a browser. One JSON document on stdout, everything else on stderr. */
import { fileURLToPath } from 'node:url';
import { LabError, type LabErrorCode } from '@/server/domain/errors';
import { EnvError, readEnv } from '@/server/env';
import { compare } from './compare';
import { doctor } from './doctor';
import { experiment } from './experiment';
import { exportFile } from './export';
import { importFile } from './import';
import { list } from './list';
import { report } from './report';
import { run } from './run';
import { show } from './show';
import { USAGE, UsageError } from './usage';

/** Completed with a fitting proof, or nothing to prove; a failure; a wrong command line; ended by Ctrl-C. */
const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

const COMMANDS = { run, list, show, compare, experiment, report, export: exportFile, import: importFile, doctor };

/** What the command line named is not there or cannot be. */
const USAGE_CODES: LabErrorCode[] = ['unknown_scenario', 'unknown_variant', 'bad_workload', 'bad_fault', 'bad_plan'];

async function main(argv: string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stderr.write(USAGE);
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1];
  if (command === undefined) throw new UsageError(`there is no command ${JSON.stringify(name)}`);
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
  const outcome = await command(rest, readEnv(root));
  return EXIT[outcome];
}

function say(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`lab: ${error.message}\n\n${USAGE}`);
    return EXIT.usage;
  }
  if (error instanceof EnvError) {
    process.stderr.write(`lab: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof LabError) {
    process.stderr.write(`lab: ${error.message}\n`);
    for (const line of error.lastLines) process.stderr.write(`  | ${line}\n`);
    if (error.remedy !== null) process.stderr.write(`  ${error.remedy}\n`);
    return USAGE_CODES.includes(error.code) ? EXIT.usage : EXIT.failed;
  }
  process.stderr.write(`lab: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.failed;
}

process.exitCode = await main(process.argv.slice(2)).catch(say);
