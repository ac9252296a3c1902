// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Scenario, Variant } from '@/server/api/types';
import { variantFacts } from './variant-facts';
import { VariantPicker } from './variant-picker';

afterEach(cleanup);

const baseline: Variant = { name: 'baseline', title: 'n sends', environment: {}, image: null, expects: 'not_offloaded' };
const offloaded: Variant = { ...baseline, name: 'tc_broadcast', title: 'one send', expects: 'offloaded' };
const asIs: Variant = { ...baseline, name: 'as_is', title: 'as its file says', expects: 'anything' };

function scenarioOf(name: string, variants: Variant[], declared = true): Scenario {
  return {
    name,
    title: name,
    composeFile: `scenarios/${name}/docker-compose.yaml`,
    replicas: [1, 2, 3, 4, 5].map((id) => ({ id, service: `replica${id}` })),
    quorum: 3,
    clientService: 'client',
    clientFormat: 'lab',
    variants,
    declared,
    images: [],
    payloadMaxBytes: 1408,
    notes: [],
  };
}

const own = scenarioOf('scenario5', [baseline, offloaded]);
const foreign = scenarioOf('poc', [asIs], false);

it('offers the variants of the scenario and no other', () => {
  const onChoose = vi.fn();
  render(<VariantPicker catalogue={[own, foreign]} chosen="baseline" onChoose={onChoose} scenario={own} />);
  expect(screen.getAllByRole('radio')).toHaveLength(2);
  fireEvent.click(screen.getByRole('radio', { name: /tc_broadcast/ }));
  expect(onChoose).toHaveBeenCalledWith('tc_broadcast');
});

it('hatches what a scenario cannot do and says why on the page', () => {
  render(<VariantPicker catalogue={[own, foreign]} chosen="as_is" onChoose={() => {}} scenario={foreign} />);
  expect(screen.getByRole('radio', { name: /tc_broadcast/ })).toHaveProperty('disabled', true);
  expect(screen.getByRole('radio', { name: /as_is/ })).toHaveProperty('disabled', false);
  expect(screen.getByText(/poc has no x-lab in its compose file/)).toBeTruthy();
});

it('says what the chosen variant saves on a cluster of this size', () => {
  expect(variantFacts(offloaded, 5).saves).toBe('3 of 4 sends per broadcast');
  expect(variantFacts(offloaded, 3).saves).toBe('1 of 2 sends per broadcast');
});
