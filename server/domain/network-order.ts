/**
 * Network byte order inside maps: the kernel's BTF says integer, so it is shown as this machine's order reads it, which is
 * little-endian on every machine that the lab's image is built for.
 */

/** `172.19.0.4` of a __be32. */
export function addressOf(value: number): string {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff].join('.');
}

export function portOf(value: number): number {
  return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
}

/** The other byte order of a __be32. */
export function swapU32(value: number): number {
  return (((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | ((value >>> 24) & 0xff)) >>> 0;
}

/** The other byte order of a __be64, as decimal text. */
export function swapU64(value: bigint): string {
  let rest = BigInt.asUintN(64, value);
  let swapped = 0n;
  for (let byte = 0; byte < 8; byte++) {
    swapped = (swapped << 8n) | (rest & 0xffn);
    rest >>= 8n;
  }
  return String(swapped);
}

/** `02:42:ac:13:00:04` of six bytes; null for anything else. */
export function macOf(bytes: readonly unknown[]): string | null {
  const isByte = (byte: unknown): byte is number => typeof byte === 'number' && byte >= 0 && byte <= 0xff;
  if (bytes.length !== 6 || !bytes.every(isByte)) return null;
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
