import { readFileSync } from 'node:fs';

const TICKS_PER_S = 100;

export type ServerLoad = { rssMb: { begin: number; most: number; end: number }; cpu: number };

/** CPU (1 = one core) and memory of one process while something goes on. */
export class ServerLoadProbe {
  readonly #pid: number;
  readonly #beganAt = performance.now();
  readonly #cpuS: number;
  readonly #rss: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.#pid = pid;
    this.#cpuS = cpuSecondsOf(pid);
    this.#look();
    this.#timer = setInterval(() => this.#look(), 1000);
  }

  end(): ServerLoad {
    clearInterval(this.#timer);
    this.#look();
    const elapsedS = (performance.now() - this.#beganAt) / 1000;
    return {
      rssMb: { begin: this.#rss[0] ?? 0, most: Math.max(...this.#rss), end: this.#rss.at(-1) ?? 0 },
      cpu: (cpuSecondsOf(this.#pid) - this.#cpuS) / elapsedS,
    };
  }

  #look(): void {
    const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.#pid}/status`, 'utf8')) ?? [];
    this.#rss.push((Number(kib) * 1024) / 1e6);
  }
}

function cpuSecondsOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the command in brackets, which may hold spaces.
  const [user, system] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / TICKS_PER_S;
}
