import type { StoredEvent } from '@/server/domain/archive';
import { indexOf, type LatencyInterval } from '@/server/domain/latency';
import { createRandom, type Random } from '@/server/domain/statistics/random';

/**
 * Telemetry as a busy run of 7 replicas leaves it, for measuring how much the store takes up: about 5,000 requests a second
 * with log-normal latencies around 190 us, one in a hundred of them far slower, and a `status` of each replica every 100 ms.
 */
export function exampleTelemetry(options: { seconds: number; seed: number }): {
  intervals: LatencyInterval[];
  events: StoredEvent[];
} {
  const random = createRandom(options.seed);
  const count = options.seconds * 10;
  const intervals = Array.from({ length: count }, (_, index) => drawInterval(index, random));
  let op = 0;
  const events = intervals.flatMap(({ completed }, index) => {
    op += completed;
    return Array.from({ length: 7 }, (_, at) => drawStatus({ replica: at + 1, index, op }, random));
  });
  return { intervals, events };
}

/** About 300 distinct cells. */
function drawInterval(index: number, random: Random): LatencyInterval {
  const latencies = Array.from({ length: 450 + random.nextBelow(100) }, () => drawLatencyNs(random));
  const counts = new Map<number, number>();
  for (const ns of latencies) counts.set(indexOf(ns), (counts.get(indexOf(ns)) ?? 0) + 1);
  return {
    phase: 'measuring',
    index,
    startUs: index * 100_000 + random.nextBelow(200),
    durationUs: 100_000 + random.nextBelow(100),
    completed: latencies.length,
    timeouts: 0,
    retries: 0,
    sumNs: latencies.reduce((sum, ns) => sum + ns, 0),
    minNs: Math.min(...latencies),
    maxNs: Math.max(...latencies),
    hist: [...counts].sort(([a], [b]) => a - b).flat(),
  };
}

function drawLatencyNs(random: Random): number {
  // Box and Muller (1958).
  const normal = Math.sqrt(-2 * Math.log(1 - random.nextUnit())) * Math.cos(2 * Math.PI * random.nextUnit());
  const slow = random.nextBelow(100) === 0 ? 2 + 10 * random.nextUnit() : 1;
  return Math.round(190_000 * Math.exp(0.08 * normal) * slow);
}

function drawStatus({ replica, index, op }: { replica: number; index: number; op: number }, random: Random): StoredEvent {
  const leads = replica === 1;
  const commit = op + random.nextBelow(50);
  const tUs = 1_763_900_000_000_000 + index * 100_000 + replica * 7000 + random.nextBelow(900);
  const hash = [random.nextUint32(), random.nextUint32()].map((word) => word.toString(16).padStart(8, '0')).join('');
  const line = {
    v: 1,
    event: 'status',
    src: `replica${replica}`,
    tUs,
    role: leads ? 'leader' : 'follower',
    health: 'normal',
    view: 0,
    leader: 1,
    op: commit + random.nextBelow(3),
    first: Math.max(1, commit - 60_000),
    highest: commit + 3,
    commit,
    hash,
    window: 1,
    broadcasts: leads ? commit + 30 : 0,
    sent: leads ? commit + 30 : 0,
    frames: leads ? [0, 0, ...Array.from({ length: 6 }, () => commit + 30)] : [],
    acked: leads ? [0, 0, ...Array.from({ length: 6 }, () => commit - random.nextBelow(3))] : [],
    receipts: leads ? 0 : commit + 30,
    resends: 0,
    drops: 0,
    cpuNs: index * 20_000_000 + random.nextBelow(9_000_000),
    rssBytes: 8_400_896 + 4096 * random.nextBelow(4),
  };
  return { tUs, source: `replica${replica}`, event: 'status', json: JSON.stringify(line) };
}
