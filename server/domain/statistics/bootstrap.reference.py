"""
Reference values of bootstrap.test.ts, from nothing that the code under test shares: its own generator, numpy's median of
every single resample, and scipy's normal distribution. Run: python3 bootstrap.reference.py (numpy 2, scipy 1.17).
"""
import numpy as np
from scipy.stats import norm

MASK = 0xFFFFFFFF


def words(seed):
    def mix(h):
        h = (h ^ h >> 16) * 0x7FEB352D & MASK
        h = (h ^ h >> 15) * 0x846CA68B & MASK
        return h ^ h >> 16

    def rotate(x, k):
        return (x << k | x >> 32 - k) & MASK

    s = [mix((seed + k * 0x9E3779B9) & MASK) for k in (1, 2, 3, 4)]
    while True:
        yield rotate(s[1] * 5 & MASK, 7) * 9 & MASK
        t = s[1] << 9 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 11)


def interval(values, seed, draws=10_000, level=0.95):
    x = np.sort(np.array(values, float))
    n = len(x)
    kept = (word % n for word in words(seed) if word < 2**32 // n * n)
    indices = np.fromiter(kept, int, draws * n).reshape(draws, n)
    medians = np.median(x[indices], axis=1)
    estimate = np.median(x)
    z0 = norm.ppf(np.mean(medians < estimate) + np.mean(medians == estimate) / 2)
    left_out = np.array([np.median(np.delete(x, i)) for i in range(n)])
    d = left_out.mean() - left_out
    a = np.sum(d**3) / (6 * np.sum(d**2) ** 1.5)
    steps = z0 + norm.ppf([(1 - level) / 2, (1 + level) / 2])
    places, counts = np.unique(medians, return_counts=True)
    scores = norm.ppf((np.cumsum(counts) - counts / 2) / draws)
    low, high = np.interp(z0 + steps / (1 - a * steps), scores, places)
    return [float(v) for v in (low, high, estimate, z0, a)]


LOG_RATIOS = [-0.31, -0.12, 0.04, -0.2, -0.09, -0.27, 0.11, -0.18, -0.05, -0.22]
CASES = [
    (LOG_RATIOS, 1, {}),
    (LOG_RATIOS[:7], 42, {}),
    (LOG_RATIOS[:6], 4294967295, {"level": 0.9}),
    ([1, 1, 1, 2, 2, 3, 3, 3, 9], 7, {"draws": 2000}),
    ([0, 1], 0, {}),
    ([k**3 / 1000 for k in range(21)], 3, {}),
]
for values, seed, options in CASES:
    print(options, seed, interval(values, seed, **options))
