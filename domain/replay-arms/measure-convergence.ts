import type { Convergence, StudiedShare, StudiedTask } from '../../schemas/replay-study.ts';
import { compareFamily, pairItems } from '../comparison/index.ts';
import { LEVEL } from './level.ts';
import { sampleOf, tableOf } from './paired-sample.ts';

/**
 * What the largest share changes against the smallest, over the tasks that have an answer at both: gate by majority by McNemar's exact test, escalation and
 * agreement by the bootstrap of their difference in each task. A task counts once, so pairs are independent, however often it was repeated. All are one
 * family; agreement of answers that were not repeated is no part of it.
 */
export function measureConvergence(
  smallest: StudiedShare,
  largest: StudiedShare,
  { seed, resamples, repeats }: { readonly seed: number; readonly resamples: number; readonly repeats: number },
): Convergence {
  const { pairs } = pairItems(answeredById(smallest), answeredById(largest));
  const names = { suite: 'replay-study', armA: `share ${smallest.share}`, armB: `share ${largest.share}` };
  const majority = sampleOf({ ...names, metric: 'passes_by_majority', isBinary: true }, pairs, (task) => Number(task.passes_by_majority));
  const escalation = sampleOf({ ...names, metric: 'escalation', isBinary: repeats === 1 }, pairs, (task) => task.escalated / task.answers);
  const agreements = (['exact_agreement', 'token_agreement'] as const).map((metric) =>
    sampleOf({ ...names, metric, isBinary: false }, pairs, (task) => task[metric]),
  );
  const compared = compareFamily([majority, escalation, ...(repeats === 1 ? [] : agreements)], { seed, resamples, alpha: LEVEL });
  const { both, onlyA, onlyB, neither } = tableOf(majority);
  return {
    smallest: smallest.share,
    largest: largest.share,
    tasks: pairs.length,
    passes_by_majority: { ...compared[0]!, table: { both, only_largest: onlyB, only_smallest: onlyA, neither } },
    escalation: compared[1]!,
    exact_agreement: compared[2] ?? null,
    token_agreement: compared[3] ?? null,
  };
}

function answeredById({ tasks }: StudiedShare): Map<string, StudiedTask> {
  return new Map(tasks.flatMap((task) => (task.answers > 0 ? [[task.id, task] as const] : [])));
}
