import { Z_TWO_SIDED_05 } from './minimum-detectable.ts';

/** A proportion with where it may lie by chance of the items, 95 %. */
export interface Proportion {
  readonly point: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The proportion `count` / `n` with its Wilson score interval: centre (p + z^2/2n) / (1 + z^2/n), half width
 * z sqrt(p(1-p)/n + z^2/4n^2) / (1 + z^2/n). `count` is brought into 0..n. Nothing counted gives 0 everywhere; the lower end is exactly 0 at 0, the
 * upper exactly 1 at n. Source: E. Wilson, Probable inference, the law of succession, and statistical inference (1927).
 */
export function wilsonInterval(count: number, n: number, z = Z_TWO_SIDED_05): Proportion {
  if (!(n > 0)) return { point: 0, lower: 0, upper: 0 };
  const hits = Math.min(Math.max(count, 0), n);
  const point = hits / n;
  const scale = 1 + z ** 2 / n;
  const centre = (point + z ** 2 / (2 * n)) / scale;
  const half = (z * Math.sqrt((point * (1 - point)) / n + z ** 2 / (4 * n ** 2))) / scale;
  return { point, lower: hits === 0 ? 0 : Math.max(0, centre - half), upper: hits === n ? 1 : Math.min(1, centre + half) };
}

/** Below so many items a proportion is told with a note that it is a small sample. */
export const SMALL_SAMPLE = 30;
