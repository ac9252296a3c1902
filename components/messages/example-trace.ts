/** Batches as a cluster would send them, for tests: every operation alike but for what the test asks. */
import type { TraceBatch } from '@/server/api/types';
import { POINT } from './trace-points';

type ExampleTrace = { replicas?: number; operations?: number; cloned?: boolean; everyUs?: number; firstOp?: number };

/** Time of each step after the client's send, in microseconds; followers are 10 us apart. */
const AT = { receive: 20, send: 25, egress: 27, copy: 40, ack: 50, acked: 65, commit: 76, reply: 78, replied: 100 };

export function exampleBatch({
  replicas = 3,
  operations = 1,
  cloned = true,
  everyUs = 1_000,
  firstOp = 64,
}: ExampleTrace = {}): TraceBatch {
  const batch = emptyBatch(replicas);
  const { points } = batch;
  const leader = 1;
  for (let k = 0; k < operations; k++) {
    const start = k * everyUs;
    const write = (point: number, at: number, peer: number, tUs: number) => {
      points.op.push(firstOp + k * 64);
      points.point.push(point);
      points.at.push(at);
      points.peer.push(peer);
      points.tUs.push(start + tUs);
    };
    write(POINT.client_send, 0, leader, 0);
    write(POINT.leader_receive, leader, -1, AT.receive);
    if (cloned) write(POINT.leader_send, leader, -1, AT.send);
    for (let follower = 2; follower <= replicas; follower++) {
      const late = (follower - 2) * 10;
      if (!cloned) write(POINT.leader_send, leader, follower, AT.send + late);
      write(cloned && follower < replicas ? POINT.egress_clone : POINT.egress, leader, follower, AT.egress + late);
      write(POINT.follower_receive, follower, leader, AT.copy + late);
      write(POINT.follower_ack, follower, leader, AT.ack + late);
      write(POINT.leader_ack, leader, follower, AT.acked + late);
    }
    write(POINT.leader_commit, leader, -1, AT.commit);
    write(POINT.leader_reply, leader, 0, AT.reply);
    write(POINT.client_receive, 0, leader, AT.replied);
  }
  batch.total = points.op.length;
  return batch;
}

export function emptyBatch(replicas = 3): TraceBatch {
  const services = ['client', ...Array.from({ length: replicas }, (_, i) => `replica${i + 1}`)];
  return {
    reset: false,
    services,
    originUs: 1_764_000_000_000_000,
    every: 64,
    points: { op: [], point: [], at: [], peer: [], tUs: [] },
    total: 0,
    dropped: 0,
    costNsPerOperation: 41,
    problem: null,
  };
}
