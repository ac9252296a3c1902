/** The lines that `labfault` is told and those that it says; one place for both. */
import { z } from 'zod';
import type { FaultRule } from '@/server/domain/ports';

const said = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('done'), seq: z.number() }),
  z.object({ event: z.literal('failed'), seq: z.number(), message: z.string() }),
  z.object({
    event: z.literal('counts'),
    counts: z.array(z.object({ target: z.string(), from: z.number(), lost: z.number(), doubled: z.number() })),
  }),
  z.object({ event: z.literal('problem'), message: z.string() }),
]);

export type LabfaultSaid = z.infer<typeof said>;

/** Throws for what labfault never says. */
export function parseLabfaultLine(line: string): LabfaultSaid {
  return said.parse(JSON.parse(line));
}

/** `replica1=4711=1`, as an argument or, with the words apart, in a `target` line. */
export type LabfaultTarget = { name: string; pid: number; id: number };

export const targetArgument = ({ name, pid, id }: LabfaultTarget) => `${name}=${pid}=${id}`;
export const targetLine = ({ name, pid, id }: LabfaultTarget) => `target ${name} ${pid} ${id}`;

/** The whole set that is to hold. ids: of every node by its name. */
export function rulesLine(seq: number, rules: FaultRule[], ids: ReadonlyMap<string, number>): string {
  const words = rules.map(({ target, from, lossPercent, duplicatePercent }) => {
    const sender = from === null ? '*' : String(ids.get(from));
    return `${target}:${sender}:${perMillion(lossPercent)}:${perMillion(duplicatePercent)}`;
  });
  return ['rules', seq, ...words].join(' ');
}

export const pauseLine = (seq: number, paused: string[]) => ['pause', seq, ...paused].join(' ');

const perMillion = (percent: number) => Math.round(percent * 10_000);
