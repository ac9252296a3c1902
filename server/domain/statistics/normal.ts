/** The standard normal distribution to the accuracy of a double. */

/** Beyond this the continued fraction has converged; nearer to 0 the series loses nothing to cancellation. */
const TAIL_FROM = 2.5;
const FRACTION_TERMS = 100;

/**
 * Probability of a value <= z. Sources: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions" (1964), the
 * series 26.2.11 about 0 and the continued fraction 26.2.14 in the tails.
 */
export function normalCdf(z: number): number {
  if (z < -TAIL_FROM) return upperTail(-z);
  if (z > TAIL_FROM) return 1 - upperTail(z);
  let sum = 0;
  let term = z;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return 0.5 + density(z) * sum;
}

function upperTail(z: number): number {
  let fraction = z;
  for (let term = FRACTION_TERMS; term > 0; term -= 1) fraction = z + term / fraction;
  return density(z) / fraction;
}

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Coefficients of numerator and denominator, highest power first. */
type Rational = { above: readonly number[]; below: readonly number[] };

/** For |p - 0.5| <= 0.425, in 0.180625 - (p - 0.5)^2. */
const CENTRE: Rational = {
  above: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  below: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
};

/** For tails of at least e^-25, in sqrt(-log(tail)) - 1.6. */
const TAIL: Rational = {
  above: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691,
    4.630337846156546, 1.4234371107496835,
  ],
  below: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
};

/** For smaller tails, in sqrt(-log(tail)) - 5. */
const FAR_TAIL: Rational = {
  above: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  below: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
};

/**
 * The z of which normalCdf is p; -Infinity at 0, Infinity at 1, NaN outside. Source: M. J. Wichura, "Algorithm AS 241: the
 * percentage points of the normal distribution", Applied Statistics 37 (1988), routine PPND16.
 */
export function normalQuantile(p: number): number {
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  const fromCentre = p - 0.5;
  if (Math.abs(fromCentre) <= 0.425) return fromCentre * evaluate(CENTRE, 0.180625 - fromCentre * fromCentre);
  const depth = Math.sqrt(-Math.log(fromCentre < 0 ? p : 1 - p));
  return Math.sign(fromCentre) * (depth <= 5 ? evaluate(TAIL, depth - 1.6) : evaluate(FAR_TAIL, depth - 5));
}

function evaluate({ above, below }: Rational, x: number): number {
  return polynomial(above, x) / polynomial(below, x);
}

const polynomial = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, each) => sum * x + each, 0);
