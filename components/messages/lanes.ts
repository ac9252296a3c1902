/** Where each message begins and ends: one lane for the client and each replica, two for a replica that leads. */
import { sourceIdentity } from '@/components/scenarios/replica-tag';
import { isKernelPoint } from './trace-points';

export type Lane = {
  /** Index into services. */
  service: number;
  /** What stands beside it: `replica1`, and below `user space`. */
  name: string;
  short: string;
  says: string;
  kernel: boolean;
  /** A CSS variable's name. */
  colour: string;
};

/** Client, then the leaders with their kernel below them, then the followers. */
export function lanesOf(services: readonly string[], leaders: ReadonlySet<number>): Lane[] {
  const lanes: Lane[] = [];
  const order = services.map((_, service) => service);
  order.sort((a, b) => rank(a, leaders) - rank(b, leaders) || a - b);
  for (const service of order) {
    const name = services[service] ?? '';
    const { short, colour } = sourceIdentity(name);
    const own = { service, name, short, colour };
    if (!leaders.has(service)) {
      lanes.push({ ...own, says: service === 0 ? 'user space' : 'follower', kernel: false });
      continue;
    }
    lanes.push({ ...own, says: 'leader, user space', kernel: false });
    lanes.push({ ...own, says: 'kernel, TC egress', kernel: true });
  }
  return lanes;
}

function rank(service: number, leaders: ReadonlySet<number>): number {
  if (service === 0) return 0;
  return leaders.has(service) ? 1 : 2;
}

/** Services are few; a table by step and service is read a hundred thousand times per picture. */
const MOST_SERVICES = 128;

/** Index of the lane a point lies on; -1 if there is none. */
export function laneFinder(lanes: readonly Lane[]): (point: number, at: number) => number {
  const table = new Int8Array(MOST_SERVICES * 16).fill(-1);
  lanes.forEach(({ service, kernel }, index) => {
    for (let point = 0; point < 16; point++) {
      if (isKernelPoint(point) === kernel) table[point * MOST_SERVICES + service] = index;
    }
  });
  return (point, at) => table[point * MOST_SERVICES + at] ?? -1;
}
