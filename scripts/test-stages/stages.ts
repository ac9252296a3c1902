/** What `npm test` runs, cheap and telling first. */

/** How passed and failed are counted: see read-counts.ts. */
export type Counting = 'exit-code' | 'summary-line' | 'vitest' | 'playwright';

export type Stage = {
  name: string;
  /** argv; never a shell string. */
  command: readonly [string, ...string[]];
  counting: Counting;
  /** Killed and counted as failed after this time. */
  limitMinutes: number;
};

const bin = (name: string) => `node_modules/.bin/${name}`;

function check(name: string, ...command: [string, ...string[]]): Stage {
  return { name, command, counting: 'exit-code', limitMinutes: 3 };
}

function make(target: string, limitMinutes: number, ...settings: string[]): Stage {
  return { name: target, command: ['make', '-C', 'ebpf', target, ...settings], counting: 'summary-line', limitMinutes };
}

const C_SOURCES = ['ebpf', '(', '-path', 'ebpf/build', '-o', '-name', 'vmlinux.h', ')', '-prune', '-o', '-name', '*.[ch]'];

const SHELL_SOURCES = ['-type', 'f', '(', '-name', '*.sh', '-o', '-path', '.ci/run', ')'];
/** Files are sourced by a path from the project's root, which shellcheck does not follow (1090, 1091). */
const SHELLCHECK = ['--shell=bash', '--severity=warning', '--exclude=SC1090,SC1091'];

export const STAGES: readonly Stage[] = [
  check('format', bin('biome'), 'ci', '.'),
  check('c-format', 'find', ...C_SOURCES, '-exec', 'clang-format', '--dry-run', '-Werror', '{}', '+'),
  check('shell', 'find', 'scripts', '.ci', ...SHELL_SOURCES, '-exec', 'shellcheck', ...SHELLCHECK, '{}', '+'),
  check('types', bin('tsc'), '--noEmit'),
  check('boundaries', 'npm', 'run', '-s', 'check:boundaries'),
  check('dead-code', bin('knip')),
  make('unit', 3),
  make('net-unit', 3),
  make('golden', 3),
  make('sim', 6, 'SEEDS=500'),
  make('sim-mutants', 6),
  make('netns', 5),
  make('fuzz', 4, 'SECONDS_EACH=5'),
  { name: 'ts-unit', command: [bin('vitest'), 'run', '--project', 'unit'], counting: 'vitest', limitMinutes: 5 },
  { name: 'integration', command: [bin('vitest'), 'run', '--project', 'integration'], counting: 'vitest', limitMinutes: 20 },
  { name: 'e2e', command: [bin('playwright'), 'test'], counting: 'playwright', limitMinutes: 18 },
];
