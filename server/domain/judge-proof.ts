import type { FaultRecord } from './fault';
import { judgeDelivery } from './judge-delivery';
import { judgeMechanism } from './judge-mechanism';
import { judgeSameLog } from './judge-same-log';
import type { Mechanism, Proof, ProofEvidence } from './proof';
import type { Variant } from './scenario';

/**
 * The whole proof of one run. A variant that claims a mechanism must show it, with every copy delivered and one log.
 * One that claims nothing (a third party's image, without our counters) is only held to what was seen to be wrong:
 * `unknown` is said, not objected to. faults: what the lab did to the cluster; what they touched is not held against the run.
 */
export function judgeProof(
  variant: Pick<Variant, 'name' | 'expects'>,
  given: ProofEvidence,
  faults: FaultRecord[] = given.faults ?? [],
): Proof {
  const evidence = { ...given, faults };
  const mechanism = judgeMechanism(evidence);
  const delivery = judgeDelivery(evidence);
  const sameLog = judgeSameLog(evidence);
  const claims = variant.expects !== 'anything';
  const objections: string[] = [];
  if (claims ? mechanism.verdict !== variant.expects : mechanism.verdict === 'broken') {
    objections.push(
      `Broadcast is ${word(mechanism)}${claims ? `, ${variant.name} claims ${say(variant.expects)}` : ''}. ${mechanism.reason}`,
    );
  }
  if (delivery.verdict === 'lost' || (claims && delivery.verdict !== 'complete')) {
    objections.push(`Delivery is ${delivery.verdict === 'lost' ? 'incomplete' : 'unknown'}. ${delivery.reason}`);
  }
  if (sameLog.verdict !== 'same' && (claims || sameLog.verdict !== 'unknown')) {
    objections.push(`The same log on all replicas is not shown (${sameLog.verdict}). ${sameLog.reason}`);
  }
  return { mechanism, delivery, sameLog, fits: objections.length === 0, objections };
}

const say = (verdict: string) => verdict.replaceAll('_', ' ');
const word = (mechanism: Mechanism) => say(mechanism.verdict);
