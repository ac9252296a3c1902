import { indexOf, type LatencyInterval } from '@/server/domain/latency';
import { badArchive } from './bad-archive';

const VALUE_BYTES = 8;
const HIGH_WORD = 2 ** 32;
const INTERVAL_NS = 100_000_000;

/** Longer than any client waits: such a number is no latency. */
const LATENCY_MAX_NS = 3_600 * 1e9;
/** Bounds how many intervals there can be. */
const TOTAL_MAX_NS = 24 * LATENCY_MAX_NS;

/**
 * Latencies in little-endian uint64 nanoseconds, in the order completed, as intervals of 100 ms. The file has no times: a
 * closed loop's own are taken, each request ending where the latencies before it, divided among the clients, have led. Rejects
 * with LabError bad_archive that names file, offset and cause.
 */
export async function readRawLatencies(
  chunks: AsyncIterable<Uint8Array>,
  { name, clients }: { name: string; clients: number },
): Promise<LatencyInterval[]> {
  const layout = new IntervalLayout();
  let offset = 0;
  let clockNs = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % VALUE_BYTES);
    for (let at = 0; at < whole; at += VALUE_BYTES) {
      const ns = bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * HIGH_WORD;
      clockNs += ns / clients;
      const problem = problemOf(ns, clockNs);
      if (problem !== null) throw badArchive(name, `offset ${offset + at}`, problem);
      layout.add(ns, clockNs);
    }
    offset += whole;
    rest = bytes.subarray(whole);
  }
  if (rest.length > 0)
    throw badArchive(name, `offset ${offset}`, `${rest.length} bytes are left over; a latency takes ${VALUE_BYTES}.`);
  if (offset === 0) throw badArchive(name, null, 'it is empty.');
  return layout.finish(clockNs);
}

function problemOf(ns: number, clockNs: number): string | null {
  if (ns === 0) return 'the latency is 0 ns, which no request takes.';
  if (ns > LATENCY_MAX_NS) return `the latency is ${ns} ns, more than an hour. These are not little-endian uint64 nanoseconds.`;
  return clockNs > TOTAL_MAX_NS ? 'the latencies up to here add up to more than a day.' : null;
}

/** Requests in the intervals in which they end; one in which none ends is empty and stays, since it took its time. */
class IntervalLayout {
  readonly #finished: LatencyInterval[] = [];
  #counts = new Map<number, number>();
  #open = emptyInterval(0);

  add(ns: number, endsAtNs: number): void {
    while (endsAtNs > (this.#open.index + 1) * INTERVAL_NS) this.#close();
    const cell = indexOf(ns);
    this.#counts.set(cell, (this.#counts.get(cell) ?? 0) + 1);
    const open = this.#open;
    open.minNs = open.completed === 0 ? ns : Math.min(open.minNs, ns);
    open.maxNs = Math.max(open.maxNs, ns);
    open.sumNs += ns;
    open.completed += 1;
  }

  /** The last interval ends with the last request. */
  finish(endNs: number): LatencyInterval[] {
    const durationUs = Math.max(1, Math.round(endNs / 1e3 - this.#open.startUs));
    this.#close();
    return this.#finished.map((interval, at, all) => (at === all.length - 1 ? { ...interval, durationUs } : interval));
  }

  #close(): void {
    const hist = [...this.#counts].sort(([a], [b]) => a - b).flat();
    this.#finished.push({ ...this.#open, hist });
    this.#counts = new Map();
    this.#open = emptyInterval(this.#open.index + 1);
  }
}

function emptyInterval(index: number): LatencyInterval {
  const durationUs = INTERVAL_NS / 1e3;
  return {
    phase: 'measuring',
    index,
    startUs: index * durationUs,
    durationUs,
    completed: 0,
    timeouts: 0,
    retries: 0,
    sumNs: 0,
    minNs: 0,
    maxNs: 0,
    hist: [],
  };
}
