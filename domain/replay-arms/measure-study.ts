import type { ReplayArmsFrame } from '../../schemas/replay-measures.ts';
import type { ReplayStudy } from '../../schemas/replay-study.ts';
import { sumUsd } from '../cost/index.ts';
import { measureConvergence } from './measure-convergence.ts';
import { measureShare, type StudyShare } from './measure-share.ts';

/**
 * Measures how far repeated answers agree, and how often the gate and the second model had to act, with each share of the corpus, and what the largest
 * share changes against the smallest. Answers that are missing are counted and are in no figure. RangeError for ids that come twice, for shares that do
 * not ascend, for repeats that lack a task or are not as many at each share, and for an answer without its row.
 */
export function measureStudy(taskIds: readonly string[], shares: readonly StudyShare[], frame: ReplayArmsFrame): ReplayStudy {
  const repeats = shares[0]?.repeats.length ?? 0;
  checkShape(taskIds, shares, repeats);
  const measured = shares.map((share) => measureShare(taskIds, share, frame));
  const sum = (countOf: (share: ReplayStudy['shares'][number]) => number): number =>
    measured.reduce((total, share) => total + countOf(share), 0);
  const counts = {
    tasks: taskIds.length,
    answers: sum(({ answers }) => answers),
    unanswered: sum(({ unanswered }) => unanswered),
    skipped_budget: sum(({ skipped_budget }) => skipped_budget),
  };
  return {
    schema: 'replay-study/1',
    ...frame,
    verdict: counts.unanswered + counts.skipped_budget > 0 ? 'unfinished' : 'measured',
    cost_usd: sumUsd(measured.map(({ cost_usd }) => cost_usd)),
    repeats,
    counts,
    shares: measured,
    convergence: measured.length < 2 ? null : measureConvergence(measured[0]!, measured.at(-1)!, { ...frame, repeats }),
  };
}

function checkShape(taskIds: readonly string[], shares: readonly StudyShare[], repeats: number): void {
  const refuse = (expected: string, found: string): RangeError =>
    new RangeError(`measuring a study of replays: expected ${expected}, found ${found}. Pass every share whole.`);
  if (repeats === 0) throw refuse('at least one share with a repeat', 'none');
  if (new Set(taskIds).size < taskIds.length) throw refuse('an id of its own for each task', 'one that comes twice');
  shares.forEach(({ share, repeats: own }, at) => {
    if (at > 0 && share <= shares[at - 1]!.share) throw refuse('shares in ascending order', `${share} behind ${shares[at - 1]!.share}`);
    if (own.length !== repeats) throw refuse(`${repeats} repeats at share ${share}`, String(own.length));
    for (const outcomes of own)
      if (outcomes.length !== taskIds.length) throw refuse(`${taskIds.length} tasks in each repeat`, String(outcomes.length));
  });
}
