import type { BinaryPairs, ReplayAb } from '../../schemas/replay-ab.ts';
import { compareFamily, type PairedSample } from '../comparison/index.ts';
import { groundingRate, isWhollyGrounded, type JudgedAnswer } from './judge-answers.ts';
import { LEVEL } from './level.ts';
import { sampleOf, tableOf, type PairedTask } from './paired-sample.ts';

/** One task as both arms answered it. */
export interface AnsweredTask {
  readonly id: string;
  readonly with: JudgedAnswer;
  readonly without: JudgedAnswer;
  /** The answer of `without`, judged against the bundle of `with`. */
  readonly sameEvidence: JudgedAnswer;
}

type PairedMeasures = ReplayAb['paired'];

/**
 * Gate, wholly grounded answers and grounding rate of both arms, once as they were run and once on the same evidence: six comparisons, which are one
 * family. Differences are with minus without; p is McNemar's exact one for yes or no, the paired bootstrap's for the rate.
 */
export function pairMeasures(
  tasks: readonly AnsweredTask[],
  settings: Pick<ReplayAb, 'seed' | 'resamples'>,
): { readonly asRun: PairedMeasures; readonly sameEvidence: PairedMeasures } {
  const asRun = tasks.map(({ id, with: b, without: a }) => ({ id, a, b }));
  const sameEvidence = tasks.map(({ id, with: b, sameEvidence: a }) => ({ id, a, b }));
  const samples = [...samplesOf(asRun, 'without'), ...samplesOf(sameEvidence, 'without (same evidence)')];
  const compared = compareFamily(samples, { ...settings, alpha: LEVEL });
  const read = (at: number): PairedMeasures => ({
    gate_pass: { ...compared[at]!, table: readTable(samples[at]!) },
    wholly_grounded: { ...compared[at + 1]!, table: readTable(samples[at + 1]!) },
    grounding_rate: { ...compared[at + 2]!, left_out: tasks.length - compared[at + 2]!.n },
  });
  return { asRun: read(0), sameEvidence: read(3) };
}

/** In the order in which they are read. */
function samplesOf(pairs: readonly PairedTask<JudgedAnswer>[], armA: string): PairedSample[] {
  const names = { suite: 'replay-ab', armA, armB: 'with' };
  return [
    sampleOf({ ...names, metric: 'gate_pass', isBinary: true }, pairs, ({ gate }) => Number(gate.passed)),
    sampleOf({ ...names, metric: 'wholly_grounded', isBinary: true }, pairs, (answer) => Number(isWhollyGrounded(answer))),
    sampleOf({ ...names, metric: 'grounding_rate', isBinary: false }, pairs, groundingRate),
  ];
}

function readTable(sample: PairedSample): BinaryPairs['table'] {
  const { both, onlyA, onlyB, neither } = tableOf(sample);
  return { both, only_with: onlyB, only_without: onlyA, neither };
}
