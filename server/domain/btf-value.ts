/** Reading what a map holds, as BTF decoded it. */
import type { BtfValue } from './bpf-watch';

type BtfStruct = { [field: string]: BtfValue };

export function isStruct(value: BtfValue): value is BtfStruct {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of a struct, or null. */
export function fieldOf(value: BtfValue, field: string): BtfValue {
  return isStruct(value) ? (value[field] ?? null) : null;
}

/** An integer; those beyond 2^53 lose their last digits. null for anything else. */
export function numberOf(value: BtfValue): number | null {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : null;
}

/** The exact integer, or null. */
export function bigintOf(value: BtfValue): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : null;
}

/** Whether nothing but zeros is in it: a slot that was never written. */
export function isZero(value: BtfValue): boolean {
  if (Array.isArray(value)) return value.every(isZero);
  if (isStruct(value)) return Object.values(value).every(isZero);
  return value === null || value === false || value === '' || value === '0' || value === 0;
}

/** One line for people. */
export function sayValue(value: BtfValue): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** Leaves by their path: `at.mac`; a value that is no struct has the path ''. */
export function leavesOf(value: BtfValue, path = ''): { path: string; value: BtfValue }[] {
  if (!isStruct(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, path === '' ? name : `${path}.${name}`));
}
