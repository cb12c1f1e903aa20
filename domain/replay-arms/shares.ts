import type { ReplayShare } from '../../schemas/replay-measures.ts';
import type { Resampling } from '../stats/bootstrap-interval.ts';
import { bootstrapClusters } from '../stats/cluster-bootstrap.ts';
import { wilsonInterval } from '../stats/wilson.ts';

/** Share of the tasks of which something is true, one value for each, with its Wilson interval. */
export function shareOfTasks(values: readonly boolean[]): ReplayShare {
  const hit = values.filter(Boolean).length;
  return { ...counted(hit, values.length), ...wilson(hit, values.length) };
}

/**
 * Share of the answers of which something is true, `tasks` with a value for each of its answers. Answers to one task are not independent of each other,
 * so the interval is that of a cluster bootstrap, which draws tasks: Wilson's where each task has but one answer. Where all answers are alike resamples
 * would be, too, and claim a certainty that nobody has: then it is Wilson's over as many trials as there are tasks.
 */
export function shareOfAnswers(tasks: readonly (readonly boolean[])[], stream: string, resampling: Resampling): ReplayShare {
  const answered = tasks.filter(({ length }) => length > 0);
  const answers = answered.flat();
  const hit = answers.filter(Boolean).length;
  if (answered.length === answers.length) return shareOfTasks(answers);
  const share = counted(hit, answers.length);
  if (hit === 0 || hit === answers.length) return { ...share, ...wilson(hit === 0 ? 0 : answered.length, answered.length) };
  const drawn = bootstrapClusters(
    answered.map((values) => values.map(Number)),
    stream,
    resampling,
  );
  return drawn === null ? { ...share, ...NO_INTERVAL } : { ...share, ci95: [drawn.low, drawn.high], method: 'cluster_bootstrap' };
}

const NO_INTERVAL = { ci95: null, method: null } as const;

function counted(hit: number, total: number): Pick<ReplayShare, 'hit' | 'total' | 'rate'> {
  return { hit, total, rate: total === 0 ? null : hit / total };
}

function wilson(hit: number, total: number): Pick<ReplayShare, 'ci95' | 'method'> {
  if (total === 0) return NO_INTERVAL;
  const { lower, upper } = wilsonInterval(hit, total);
  return { ci95: [lower, upper], method: 'wilson' };
}
