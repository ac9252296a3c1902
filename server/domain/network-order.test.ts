import { expect, it } from 'vitest';
import { addressOf, macOf, portOf, swapU32, swapU64 } from './network-order';

it('numbers in network byte order are read as people write them', () => {
  // 172.28.0.2 and 12345 as a little-endian machine reads them.
  expect(addressOf(33_561_772)).toBe('172.28.0.2');
  expect(addressOf(0xffff_ffff)).toBe('255.255.255.255');
  expect(portOf(14_640)).toBe(12_345);
  expect([swapU32(0x0100_0000), swapU32(0xff00_0000), swapU32(0xff)]).toEqual([1, 0xff, 0xff00_0000]);
  expect(swapU64(72_057_594_037_927_936n)).toBe('1');
  expect(swapU64(BigInt(swapU64(1_882_848_000_000_007n)))).toBe('1882848000000007');
});

it('a MAC is six bytes and nothing else', () => {
  expect(macOf([2, 66, 172, 28, 0, 255])).toBe('02:42:ac:1c:00:ff');
  expect([macOf([1, 2, 3]), macOf([1, 2, 3, 4, 5, 256]), macOf(['a', 2, 3, 4, 5, 6])]).toEqual([null, null, null]);
});
