import type { MechanismVerdict } from '../proof';
import type { Variant } from '../scenario';

type Claim = Variant['expects'];

/** A variant that claims nothing may broadcast in any way that reaches every follower. */
export function mechanismFits(expects: Claim, verdict: MechanismVerdict): boolean {
  return expects === 'anything' ? verdict !== 'broken' : verdict === expects;
}

/** A variant that claims nothing may leave a question open; none may fail it. */
export function isTolerable(expects: Claim, verdict: string, good: string): boolean {
  return verdict === good || (expects === 'anything' && verdict === 'unknown');
}
