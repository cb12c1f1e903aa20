/** A mean difference, where it may lie by chance of the items, and how likely chance alone makes one as large. */
export interface BootstrapInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided; never 0. */
  readonly p: number;
  readonly resamples: number;
}

/** How often is drawn, and the share of intervals that may miss. */
export interface Resampling {
  /** 10,000 unless stated. */
  readonly resamples?: number;
  /** 0.05 unless stated, which is an interval of 95 %. */
  readonly alpha?: number;
}

/** Means of resamples that differ by less come from the order of adding, not from the data. */
const NOISE = 1e-12;
/** Places are whole numbers; products such as 0.975 x 10,000 are not always. */
const ROUNDING = 1e-9;

/**
 * What the means of resamples say about `mean`; sorts them. p = (r + 1) / (B + 1), with r those of B that are at least as far from the mean as the mean
 * is from 0.
 */
export function readInterval(mean: number, means: Float64Array, alpha: number): BootstrapInterval {
  const resamples = means.length;
  const [low, high] = middleOf(means, alpha);
  let asFar = 0;
  for (const value of means) if (Math.abs(value - mean) >= Math.abs(mean) - NOISE) asFar += 1;
  return {
    mean,
    low,
    high,
    p: (asFar + 1) / (resamples + 1),
    resamples,
  };
}

/** The ends of the middle 1 - alpha of B values: places floor(alpha/2 B) and ceil((1 - alpha/2) B) - 1 of the sorted ones; sorts them. */
export function middleOf(values: Float64Array, alpha: number): [low: number, high: number] {
  values.sort();
  const low = Math.floor((alpha / 2) * values.length + ROUNDING);
  const high = Math.ceil((1 - alpha / 2) * values.length - ROUNDING) - 1;
  return [values[low]!, values[high]!];
}

/** True when a number lies above a bound by more than the order of adding can make up. */
export function liesAbove(value: number, bound: number): boolean {
  return value - bound > NOISE;
}

/** True when 0 lies outside an interval. */
export function leavesOutZero({ low, high }: { readonly low: number; readonly high: number }): boolean {
  return liesAbove(low, 0) || liesAbove(0, high);
}

/** The two settings with their usual values. RangeError for what is no count of resamples and no share. */
export function readResampling({ resamples = 10_000, alpha = 0.05 }: Resampling): Required<Resampling> {
  if (!Number.isSafeInteger(resamples) || resamples < 1)
    throw new RangeError(`bootstrapping: expected a whole number of resamples from 1 on, found ${resamples}. Pass one.`);
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError(`bootstrapping: expected alpha between 0 and 1, found ${alpha}. Pass one, such as 0.05.`);
  return { resamples, alpha };
}
