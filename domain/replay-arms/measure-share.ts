import type { ReplayShare } from '../../schemas/replay-measures.ts';
import type { MeanOfTasks, StudiedShare, StudiedTask } from '../../schemas/replay-study.ts';
import { sumUsd } from '../cost/index.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { bootstrapPaired } from '../stats/paired-bootstrap.ts';
import { mean } from '../stats/variance.ts';
import { answeredRow, costOf, type ArmOutcome } from './arm-outcome.ts';
import { countImpaired } from './count-impaired.ts';
import { measureTask } from './measure-task.ts';
import { shareOfAnswers, shareOfTasks } from './shares.ts';

/** What became of the tasks with one share of the corpus. */
export interface StudyShare {
  /** Above 0, to 1. */
  readonly share: number;
  readonly rows: number;
  readonly sha256: string;
  /** For each repeat the outcomes of all tasks, in the order of the tasks. */
  readonly repeats: readonly (readonly ArmOutcome[])[];
}

/**
 * Measures the answers of one share. Of what is counted once for each task the interval is Wilson's; of what is counted once for each answer, and of means
 * over tasks, tasks are drawn, in the order of their ids.
 */
export function measureShare(
  taskIds: readonly string[],
  { share, rows, sha256, repeats }: StudyShare,
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): StudiedShare {
  const tasks = taskIds.map((id, place) =>
    measureTask(
      id,
      repeats.map((outcomes) => outcomes[place]!),
    ),
  );
  const drawn = [...tasks].sort((left, right) => compareCodePoints(left.id, right.id));
  const streamOf = (metric: string): string => [seed, 'replay-study', share, metric].join('|');
  const ofAnswers = (metric: string, hits: (task: StudiedTask) => number): ReplayShare =>
    shareOfAnswers(
      drawn.map((task) => spread(hits(task), task.answers)),
      streamOf(metric),
      { resamples },
    );
  const meanOf = (metric: string, valueOf: (task: StudiedTask) => number | null): MeanOfTasks =>
    meanOfTasks(
      drawn.flatMap((task) => valueOf(task) ?? []),
      streamOf(metric),
      resamples,
    );
  const outcomes = repeats.flat();
  const answered = tasks.filter(({ answers }) => answers > 0);
  return {
    share,
    rows,
    sha256,
    answers: answered.reduce((sum, { answers }) => sum + answers, 0),
    unanswered: outcomes.filter(({ state }) => state === 'unanswered').length,
    skipped_budget: outcomes.filter(({ state }) => state === 'skipped_budget').length,
    tasks_answered: tasks.filter(({ answers }) => answers === repeats.length).length,
    gate_pass: ofAnswers('gate_pass', ({ passed }) => passed),
    passes_by_majority: shareOfTasks(answered.map(({ passes_by_majority }) => passes_by_majority === true)),
    wholly_grounded: ofAnswers('wholly_grounded', ({ wholly_grounded }) => wholly_grounded),
    exact_agreement: meanOf('exact_agreement', ({ exact_agreement }) => exact_agreement),
    token_agreement: meanOf('token_agreement', ({ token_agreement }) => token_agreement),
    verdict_agreement: shareOfTasks(tasks.flatMap(({ same_verdict }) => same_verdict ?? [])),
    escalation: ofAnswers('escalation', ({ escalated }) => escalated),
    tasks_escalated: shareOfTasks(answered.map(({ escalated }) => escalated > 0)),
    distinct_answers: meanOf('distinct_answers', ({ answers, distinct_answers }) => (answers < 2 ? null : distinct_answers)),
    ...countImpaired(outcomes.flatMap((outcome) => answeredRow(outcome) ?? [])),
    cost_usd: sumUsd(outcomes.map(costOf)),
    tasks,
  };
}

/** So many trues, and false for the others. */
function spread(hits: number, of: number): boolean[] {
  return Array.from({ length: of }, (_, at) => at < hits);
}

function meanOfTasks(values: readonly number[], stream: string, resamples: number): MeanOfTasks {
  const interval = bootstrapPaired(values, stream, { resamples });
  return {
    tasks: values.length,
    mean: values.length === 0 ? null : mean(values),
    ci95: interval === null ? null : [interval.low, interval.high],
  };
}
