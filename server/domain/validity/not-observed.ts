import type { RunView } from '../run';
import type { Finding } from './gate';

/** For a gate whose figure is missing: why it is. */
export function notObserved({ conditions, phases }: RunView, otherwise = 'The host does not tell.'): Finding {
  const measured = phases.some(({ phase }) => phase === 'measuring');
  const never = measured ? 'The measured window never closed.' : 'The run never measured.';
  const detail = conditions === null ? never : (conditions.problem ?? otherwise);
  return { state: 'unknown', value: 'unknown', detail };
}
