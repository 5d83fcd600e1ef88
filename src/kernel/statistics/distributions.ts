const density = (x: number): number => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Share of a standard normal below x; to about 1e-15 (series of Marsaglia 2004, J. Stat. Software 11(4); beyond 7 the tail is below 1e-11 and Mill's continued fraction gives it). */
export function normalCdf(x: number): number {
  if (x > 7) return 1 - normalCdf(-x);
  if (x < -7) {
    let tail = 0;
    for (let k = 30; k >= 1; k--) tail = k / (-x + tail);
    return density(x) / (-x + tail);
  }
  let [sum, term] = [x, x];
  for (let i = 3; sum !== sum + term && i < 400; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * density(x);
}

// Acklam's rational approximation, relative error 1.15e-9; one Halley step brings it to the last digits.
const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239] as const; // prettier-ignore
const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572] as const;
const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783] as const; // prettier-ignore
const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416] as const;
const poly = (k: readonly number[], x: number): number => k.reduce((sum, one) => sum * x + one, 0);

function firstGuess(p: number): number {
  if (p > 0.97575) return -firstGuess(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return poly(c, q) / poly([...d, 1], q);
  }
  const q = p - 0.5;
  return (poly(a, q * q) * q) / poly([...b, 1], q * q);
}

/** The x below which a share p of a standard normal lies; p in (0, 1). */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`no quantile at ${p}`);
  const x = firstGuess(p);
  const e = (normalCdf(x) - p) / density(x);
  return x - e / (1 + (x * e) / 2);
}

// Lanczos, g = 7, n = 9; relative error below 1e-14 for x > 0.5.
const lanczos = [0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7] as const; // prettier-ignore
/** The logarithm of the gamma function, for x > 0; reflected below 0.5. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const y = x - 1;
  const sum = lanczos.slice(1).reduce<number>((s, k, i) => s + k / (y + i + 1), lanczos[0]);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Regularised incomplete beta by Lentz's continued fraction (Numerical Recipes 6.4). */
function incompleteBeta(x: number, p: number, q: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (p + 1) / (p + q + 2)) return 1 - incompleteBeta(1 - x, q, p);
  const front = Math.exp(logGamma(p + q) - logGamma(p) - logGamma(q) + p * Math.log(x) + q * Math.log(1 - x)) / p;
  const tiny = 1e-300;
  const away = (v: number): number => (Math.abs(v) < tiny ? tiny : v);
  let [f, up, down] = [1, 1, 0];
  for (let i = 0; i <= 300; i++) {
    const m = Math.floor(i / 2);
    const k =
      i === 0 ? 1
      : i % 2 === 0 ? (m * (q - m) * x) / ((p + 2 * m - 1) * (p + 2 * m))
      : -((p + m) * (p + q + m) * x) / ((p + 2 * m) * (p + 2 * m + 1)); // prettier-ignore
    down = 1 / away(1 + k * down);
    up = away(1 + k / up);
    f *= up * down;
    if (Math.abs(1 - up * down) < 1e-15) break;
  }
  return front * (f - 1);
}

/** Share of Student's t with so many degrees of freedom (any positive number) below x. */
export function studentCdf(x: number, freedom: number): number {
  const tail = incompleteBeta(freedom / (freedom + x * x), freedom / 2, 0.5) / 2;
  return x > 0 ? 1 - tail : tail;
}

/** The x below which a share p of Student's t lies, by bisection to 1e-10. */
export function studentQuantile(p: number, freedom: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`no quantile at ${p}`);
  let [low, high] = [-1, 1];
  while (studentCdf(low, freedom) > p) low *= 2;
  while (studentCdf(high, freedom) < p) high *= 2;
  while (high - low > 1e-10 * Math.max(1, Math.abs(low))) {
    const mid = (low + high) / 2;
    if (studentCdf(mid, freedom) < p) low = mid;
    else high = mid;
  }
  return (low + high) / 2;
}
