import { UsageError } from '../../../domain/shared/errors.ts';
import type { ReplayArmsFrame } from '../../../schemas/replay-measures.ts';
import type { ReplayArmsRun } from '../../replay-arms-contract.ts';

const RESAMPLES = 10_000;

/** What the report says of how its arms were run. UsageError for arms that were to have no playbooks at all. */
export function frameOf(run: ReplayArmsRun, finishedAt: string): ReplayArmsFrame {
  const { model, escalate_to, retriever, grounding } = run.queue.choices;
  if (retriever === 'none') throw new UsageError(`comparing replays, on ${run.run_id}: expected a retriever, found none.`, 'Name one.');
  return {
    run_id: run.run_id,
    started_at: run.started_at,
    finished_at: finishedAt,
    model,
    escalate_to,
    retriever,
    grounding_mode: grounding,
    corpus: run.corpus,
    tasks: run.queue.tasks,
    seed: run.seed,
    resamples: RESAMPLES,
    estimated_usd: run.estimated_usd,
  };
}
