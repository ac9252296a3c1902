import type { RetentionPolicy } from '@/server/api/types';

const GB = 1e9;

/** What somebody types; an empty field does not limit. */
export type RetentionDraft = { days: string; gigabytes: string };

export type DraftCheck = { policy: RetentionPolicy | null; errors: Partial<Record<keyof RetentionDraft, string>> };

export function toDraft({ maxAgeDays, maxBytes }: RetentionPolicy): RetentionDraft {
  return { days: maxAgeDays === null ? '' : String(maxAgeDays), gigabytes: maxBytes === null ? '' : String(maxBytes / GB) };
}

/** The policy, or per field why it is none. */
export function checkRetention({ days, gigabytes }: RetentionDraft): DraftCheck {
  const age = readPositive(days);
  const size = readPositive(gigabytes);
  const errors: DraftCheck['errors'] = {};
  if (age === 'bad') errors.days = 'Days are a number above 0; leave it empty to keep runs of any age.';
  if (size === 'bad') errors.gigabytes = 'The size is a number of gigabytes above 0; leave it empty for no limit.';
  const policy = age === 'bad' || size === 'bad' ? null : { maxAgeDays: age, maxBytes: size === null ? null : size * GB };
  return { policy, errors };
}

function readPositive(text: string): number | null | 'bad' {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value > 0 ? value : 'bad';
}
