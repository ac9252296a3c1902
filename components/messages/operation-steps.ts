/** An operation as rows of a table: what a screen reader has instead of the picture. */
import { LEG_WORDS, legsOf, legUs } from './legs';
import type { Operation } from './operations';
import { isKernelPoint, POINT_WORDS, pointName } from './trace-points';

export type StepRow = {
  step: string;
  who: string;
  peer: string;
  kernel: boolean;
  /** Microseconds since the client's send, or since the first point if that is missing. */
  atUs: number;
  /** Since what led to it, and what that way is called; null for the first. */
  since: { us: number; words: string } | null;
};

export function stepsOf(operation: Operation, services: readonly string[]): StepRow[] {
  const origin = operation.sentUs ?? operation.firstUs;
  const legs = new Map(legsOf(operation).map((leg) => [leg.to, leg]));
  return operation.points.map(({ point, at, peer, tUs }, index) => {
    const name = pointName(point);
    const leg = legs.get(index);
    return {
      step: name === null ? `step ${point}` : POINT_WORDS[name],
      who: services[at] ?? '',
      peer: peer >= 0 ? (services[peer] ?? '') : name === 'leader_send' ? 'all followers' : '',
      kernel: isKernelPoint(point),
      atUs: tUs - origin,
      since: leg === undefined ? null : { us: legUs(operation, leg), words: LEG_WORDS[leg.name] },
    };
  });
}
