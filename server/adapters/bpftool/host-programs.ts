/** For tests: eBPF programs of the host that have nothing to do with any run, in a network namespace of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = `
#define SEC(name) __attribute__((section(name), used))
SEC("classifier") int other_tc(void *ctx) { return -1; }
SEC("xdp") int other_xdp(void *ctx) { return 2; }
char terms[] SEC("license") = "GPL";
`;

/** Runs a program and returns what it printed; throws if it failed. */
type Run = (file: string, ...args: string[]) => string;

/** Why they cannot be loaded here; null if they can. */
export function whyNoHostPrograms(run: Run): string | null {
  if (process.getuid?.() !== 0) return 'loading eBPF on the host needs root';
  try {
    for (const tool of ['clang', 'ip', 'tc', 'nsenter']) run('sh', '-c', `command -v ${tool}`);
    return null;
  } catch {
    return 'clang, ip, tc or nsenter is missing';
  }
}

export class HostPrograms {
  readonly #run: Run;
  readonly #folder = mkdtempSync(join(tmpdir(), 'electrode-lab-host-programs-'));
  readonly #namespace = `lab-other-${process.pid}`;
  readonly #object = join(this.#folder, 'other.o');

  constructor(run: Run) {
    this.#run = run;
  }

  /** Attached at lo of the namespace: a classic filter on either side, and XDP by netlink. */
  load(): void {
    const source = join(this.#folder, 'other.c');
    writeFileSync(source, SOURCE);
    this.#run('clang', '-O2', '-g', '-target', 'bpf', '-c', source, '-o', this.#object);
    this.#run('ip', 'netns', 'add', this.#namespace);
    this.#inside('ip', 'link', 'set', 'lo', 'up');
    this.#inside('tc', 'qdisc', 'add', 'dev', 'lo', 'clsact');
    for (const side of ['ingress', 'egress']) {
      this.#inside('tc', 'filter', 'add', 'dev', 'lo', side, 'bpf', 'da', 'obj', this.#object, 'sec', 'classifier');
    }
    this.#inside('ip', 'link', 'set', 'dev', 'lo', 'xdpgeneric', 'obj', this.#object, 'sec', 'xdp');
  }

  /** XDP by netlink at an interface of a process's network namespace: no BPF link shows it. */
  attachXdp(pid: number, ifname: string): void {
    this.#run(
      'nsenter',
      '-t',
      String(pid),
      '-n',
      'ip',
      'link',
      'set',
      'dev',
      ifname,
      'xdpgeneric',
      'obj',
      this.#object,
      'sec',
      'xdp',
    );
  }

  remove(): void {
    try {
      this.#run('ip', 'netns', 'del', this.#namespace);
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  #inside(file: string, ...args: string[]): void {
    this.#run('ip', 'netns', 'exec', this.#namespace, file, ...args);
  }
}
