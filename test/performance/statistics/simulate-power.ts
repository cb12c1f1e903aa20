import { compareFamily, type PairedSample } from '../../../domain/comparison/index.ts';
import { detectableMean } from '../../../domain/stats/minimum-detectable.ts';
import { normalQuantile } from '../../../domain/stats/normal-quantile.ts';
import { mean } from '../../../domain/stats/variance.ts';
import { chanceOf } from './chance.ts';
import type { Finding } from './findings.ts';

const QUESTIONS = 100;
const SPREAD = 0.4;
const ALPHA = 0.05;
/** Comparisons of the family, so that as many differences are tried at once. */
const FAMILY = 12;
const REPETITIONS = 100;
const RESAMPLES = 2_000;
/** Power at so many times the effect that is printed: where z standard errors are the bound, f (z + 0.8416) - z of them are left. */
const CURVE = [
  [0.5, 0.06, 0.24],
  [0.75, 0.42, 0.58],
  [1, 0.75, 0.85],
  [1.25, 0.91, 1],
] as const;

/** How often a true difference of the printed minimum detectable effect, and of parts of it, is called significant among 12. */
export function simulatePower(): Finding[] {
  const effect = detectableMean(SPREAD, QUESTIONS, normalQuantile(1 - ALPHA / (2 * FAMILY)));
  const finding = (what: string, times: number, from: number, to: number): Finding => ({
    what: `power at ${what}, ${QUESTIONS} questions, one of ${FAMILY}`,
    share: powerAt(times * effect),
    from,
    to,
  });
  return [
    ...CURVE.map(([times, from, to]) => finding(`${times} x the printed effect`, times, from, to)),
    { ...finding('an effect printed for a single comparison', 2.8016 / (2.8653 + 0.8416), 0.75, 0.85), isPlanted: true },
  ];
}

function powerAt(effect: number): number {
  const chance = chanceOf(`power ${effect}`);
  const shares = Array.from({ length: REPETITIONS }, (_, repetition) => {
    const samples = Array.from({ length: FAMILY }, (__, at): PairedSample => {
      const pairs = Array.from({ length: QUESTIONS }, (___, question) => ({
        id: String(question).padStart(4, '0'),
        a: 0,
        b: effect + SPREAD * chance.normal(),
      }));
      return { suite: 'power', metric: `metric ${at}`, armA: 'before', armB: 'after', isBinary: false, pairs };
    });
    const rows = compareFamily(samples, { seed: repetition, resamples: RESAMPLES, alpha: ALPHA });
    return mean(rows.map(({ significant }) => Number(significant)));
  });
  return mean(shares);
}
