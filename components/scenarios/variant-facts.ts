import type { Scenario, Variant } from '@/server/api/types';

/** What stands under the picker for the chosen variant. */
export type VariantFacts = { how: string; saves: string; needs: string; provenBy: string };

/** Facts of a variant on a cluster of this size. Variants the panel does not know are described by what they claim. */
export function variantFacts(variant: Variant, replicas: number): VariantFacts {
  const followers = replicas - 1;
  if (variant.name === 'baseline') {
    return {
      how: 'N−1 datagrams per broadcast',
      saves: `Nothing: ${followers} sends per broadcast, to compare with`,
      needs: 'clsact, SYS_ADMIN, NET_ADMIN: the counting program is loaded here too',
      provenBy: `${followers} sends per broadcast, no clone`,
    };
  }
  if (variant.name === 'tc_broadcast') {
    return {
      how: 'one datagram, cloned at TC egress',
      saves: `${followers - 1} of ${followers} sends per broadcast`,
      needs: 'clsact, SYS_ADMIN, NET_ADMIN',
      provenBy: 'sends, frames and receipts, compared',
    };
  }
  return {
    how: variant.title,
    saves: 'Not known to the panel',
    needs: variant.image === null ? 'What its compose file declares' : `The image ${variant.image}`,
    provenBy: {
      offloaded: 'sends, frames and receipts, compared',
      not_offloaded: 'sends per broadcast, no clone',
      anything: 'Nothing: a third-party image has no counters',
    }[variant.expects],
  };
}

/** A choice of the picker: one this scenario has, or one it lacks, with the reason in words. */
export type VariantChoice = { name: string; title: string; variant: Variant | null; reason: string | null };

/** Every variant of the catalogue, those of the chosen scenario first; the others stay visible with why they cannot be chosen. */
export function variantChoices(scenario: Scenario, catalogue: readonly Scenario[]): VariantChoice[] {
  const own = scenario.variants.map((variant) => ({ name: variant.name, title: variant.title, variant, reason: null }));
  const names = new Set(own.map((choice) => choice.name));
  const reason = scenario.declared
    ? `${scenario.name} does not list it under x-lab in its compose file`
    : `${scenario.name} has no x-lab in its compose file, so it runs as it is`;
  const others: VariantChoice[] = [];
  for (const variant of catalogue.flatMap((other) => (other.declared ? other.variants : []))) {
    if (names.has(variant.name)) continue;
    names.add(variant.name);
    others.push({ name: variant.name, title: variant.title, variant: null, reason });
  }
  return [...own, ...others];
}
