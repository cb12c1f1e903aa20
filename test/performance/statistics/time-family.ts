import { compareFamily, type PairedSample } from '../../../domain/comparison/index.ts';
import { streamOf } from '../../../domain/stats/sfc32.ts';
import { mean } from '../../../domain/stats/variance.ts';
import { chanceOf } from './chance.ts';

const QUESTIONS = 500;
const RESAMPLES = 10_000;
const COMPARISONS = 12;
const ROUNDS = 3;

/**
 * Time for 3 modes, 4 metrics, 500 questions and 10,000 resamples, beside the same resamples drawn one call a draw: what this machine takes for it, in
 * the same minute. Best of three, in turns.
 */
export function timeFamily(): { readonly familyMs: number; readonly referenceMs: number } {
  const chance = chanceOf('time');
  const samples = Array.from({ length: COMPARISONS }, (_, at): PairedSample => {
    const pairs = Array.from({ length: QUESTIONS }, (__, question) => ({
      id: String(question).padStart(4, '0'),
      a: chance.uniform(),
      b: chance.uniform(),
    }));
    return { suite: 'time', metric: `metric ${at}`, armA: 'before', armB: 'after', isBinary: false, pairs };
  });
  let [familyMs, referenceMs] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round += 1) {
    familyMs = Math.min(
      familyMs,
      timed(() => compareFamily(samples, { seed: 42, resamples: RESAMPLES, alpha: 0.05 })),
    );
    referenceMs = Math.min(
      referenceMs,
      timed(() => samples.map(drawSlowly)),
    );
  }
  return { familyMs, referenceMs };
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function drawSlowly({ metric, pairs }: PairedSample): number[] {
  const next = streamOf(`42|time|${metric}|before|after`);
  const differences = pairs.map(({ a, b }) => b - a);
  const draw = (): number => differences[Math.floor((next() * differences.length) / 0x1_0000_0000)]!;
  return Array.from({ length: RESAMPLES }, () => mean(Array.from({ length: differences.length }, draw))).sort((a, b) => a - b);
}
