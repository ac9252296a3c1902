import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pettitt } from './change-point';

/** Pettitt (1979), table 1. */
const PETTITT = [
  -1.05, 0.96, 1.22, 0.58, -0.98, -0.03, -1.54, -0.71, -0.35, 0.66, 0.44, 0.91, -0.02, -1.42, 1.26, -1.02, -0.81, 1.66, 1.05,
  0.97, 2.14, 1.22, -0.24, 1.6, 0.72, -0.12, 0.44, 0.03, 0.66, 0.56, 1.37, 1.66, 0.1, 0.8, 1.29, 0.49, -0.07, 1.18, 3.29, 1.84,
];

/** Flow of the Nile at Aswan in 10^8 m^3, 1871 to 1970: data set Nile of R. */
const NILE = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100, 1210,
  1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702,
  1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771,
  676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901,
  1170, 912, 746, 919, 718, 714, 740,
];

describe('pettitt', () => {
  it('finds the change after 17 with K = 232 and p = 0.0146, as Pettitt does (1979, table 1)', () => {
    expect(pettitt(PETTITT)).toMatchObject({ index: 17, statistic: 232 });
    expect(pettitt(PETTITT)?.p).toBeCloseTo(0.0146, 4);
    // R 4.2.2: n <- 40; 2 * exp(-6 * 232^2 / (n^3 + n^2))
    expect(pettitt(PETTITT)?.p).toBeCloseTo(0.014555597539789477, 12);
  });

  it('finds that the Nile fell after 1898, its 28th year', () => {
    // R 4.2.2: U <- 2 * cumsum(rank(Nile)) - 1:100 * 101; which.max(abs(U)); max(abs(U))
    expect(pettitt(NILE)).toMatchObject({ index: 28, statistic: 1617 });
    expect(pettitt(NILE)?.p).toBeCloseTo(3.5910221769362927e-7, 15);
  });

  it('is the largest difference in signs between before and after', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 20 }), (values) => {
        const found = pettitt(values);
        const sizes = values.slice(1).map((_, at) => {
          const [before, after] = [values.slice(0, at + 1), values.slice(at + 1)];
          const signs = before.flatMap((early) => after.map((late) => Math.sign(early - late)));
          return Math.abs(signs.reduce((sum, sign) => sum + sign, 0));
        });
        expect(found?.statistic).toBe(Math.max(...sizes));
        if (found && found.statistic > 0) expect(found.index).toBe(sizes.indexOf(found.statistic) + 1);
        expect(found?.p).toBeGreaterThan(0);
        expect(found?.p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('heeds ranks alone', () => {
    const steps = [1, 2, 1.5, 6, 5, 7, 5.5, 6.5];
    expect(pettitt(steps.map(Math.exp))).toEqual(pettitt(steps));
    expect(pettitt(steps)?.index).toBe(3);
  });

  it('finds nothing where all values are equal, and knows nothing below two', () => {
    expect(pettitt([4, 4, 4, 4])).toEqual({ index: 0, statistic: 0, p: 1 });
    expect(pettitt([4])).toBeNull();
    expect(pettitt([])).toBeNull();
  });

  it('refuses what is not a finite number', () => {
    expect(() => pettitt([1, Number.NaN])).toThrow(RangeError);
  });
});
