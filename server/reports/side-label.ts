import type { Side } from '@/pictures/data';
import type { ExperimentPlan } from '../domain/experiment/experiment';

/** What a side is called: its variant; in a control, where both have the same one, with a letter. */
export function sideOf({ variants }: Pick<ExperimentPlan, 'variants'>, side: number): Side {
  const variant = variants[side] ?? '';
  const repeated = variants.filter((other) => other === variant).length > 1;
  return { variant, label: repeated ? `${variant} (${String.fromCharCode(65 + side)})` : variant };
}
