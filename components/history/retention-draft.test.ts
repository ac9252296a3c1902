import { expect, it } from 'vitest';
import { checkRetention, toDraft } from './retention-draft';

it('reads days and gigabytes; an empty field does not limit', () => {
  expect(checkRetention({ days: '90', gigabytes: ' 1.5 ' })).toEqual({
    policy: { maxAgeDays: 90, maxBytes: 1_500_000_000 },
    errors: {},
  });
  expect(checkRetention({ days: '', gigabytes: '' }).policy).toEqual({ maxAgeDays: null, maxBytes: null });
});

it('refuses what is no positive number, in the field it stands in', () => {
  const { policy, errors } = checkRetention({ days: '0', gigabytes: 'much' });
  expect(policy).toBeNull();
  expect(Object.keys(errors)).toEqual(['days', 'gigabytes']);
});

it('shows a policy as it was typed', () => {
  expect(toDraft({ maxAgeDays: 90, maxBytes: 1_500_000_000 })).toEqual({ days: '90', gigabytes: '1.5' });
  expect(toDraft({ maxAgeDays: null, maxBytes: null })).toEqual({ days: '', gigabytes: '' });
});
