import { VariantTag } from '@/components/scenarios/variant-mark';
import type { ExperimentPlan } from '@/server/api/types';
import { isControl } from './plan-words';

const LINE = 'flex flex-wrap items-center gap-x-2 text-12 text-fg-2';

/** What is compared with what, each variant with its mark. */
export function Contest({ variants }: Pick<ExperimentPlan, 'variants'>) {
  const [base = '', ...others] = variants;
  if (isControl({ variants })) {
    return (
      <span className={LINE}>
        <VariantTag variant={base} />
        against itself
      </span>
    );
  }
  return (
    <span className={LINE}>
      {others.map((variant) => (
        <VariantTag key={variant} variant={variant} />
      ))}
      against
      <VariantTag variant={base} />
    </span>
  );
}
