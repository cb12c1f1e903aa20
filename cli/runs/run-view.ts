import { isOpen, type EngineRun } from '../../adapters/temporal/engine-runs.ts';
import type { EngineState, RunView } from '../../schemas/run-view.ts';
import { STAGES, type RunState } from '../../schemas/vocabulary.ts';
import type { Observation } from './engine-view.ts';
import type { LakeRun } from './lake-runs.ts';

/** Everything that is known of one run. `engine` and `observed` are absent where the engine is down or has forgotten it. */
export interface RunFacts {
  readonly lake: LakeRun;
  readonly engine?: EngineRun | undefined;
  /** Only of a run in progress. */
  readonly observed?: Observation | undefined;
  readonly engineState: EngineState['state'];
}

/** A run in the product's words. The engine knows best while a run goes on, the record in the lake once it has ended. */
export function viewRun(facts: RunFacts): RunView {
  const { lake, engine, observed } = facts;
  const { state, detail } = stateOf(facts);
  const hasEnded = ENDED.has(state);
  const progress = hasEnded ? null : (observed?.progress ?? null);
  return {
    run_id: lake.runId,
    state,
    detail,
    workflow_id: lake.record?.workflow_id ?? lake.start?.workflow_id ?? engine?.workflowId ?? null,
    started_at: lake.record?.started_at ?? lake.start?.started_at ?? engine?.startedAt ?? timeInId(lake.runId),
    ended_at: hasEnded ? (lake.record?.ended_at ?? engine?.endedAt ?? null) : null,
    sources: lake.record?.sources ?? lake.plan?.sources.map(({ name }) => name) ?? [],
    stage: hasEnded ? null : (progress?.stage ?? nextStage(lake)),
    position:
      progress === null
        ? null
        : { stage: progress.stage, done: progress.done, total: progress.total, rows: progress.rows, in_flight: progress.in_flight },
    paused_by: hasEnded ? null : (observed?.pausedBy ?? null),
    worked_on: hasEnded || observed === undefined ? null : observed.progress !== null,
  };
}

/** States that a run never leaves. */
export const ENDED: ReadonlySet<RunState> = new Set(['accepted', 'refused', 'failed', 'cancelled']);

function stateOf({ lake, engine, observed, engineState }: RunFacts): { state: RunState; detail: string } {
  if (engine !== undefined && isOpen(engine)) return observed?.pausedBy ? pausedBy(observed.pausedBy) : { state: 'running', detail: '' };
  if (lake.record !== null) return { state: lake.record.state, detail: lake.record.detail };
  const unreadable = lake.unreadable.length === 0 ? '' : `; of what it left, ${lake.unreadable.join(', ')} cannot be read`;
  if (engine !== undefined) return { state: CLOSED_STATE[engine.status] ?? 'failed', detail: `${closedBy(engine)}${unreadable}` };
  return { state: 'interrupted', detail: `${WHY_INTERRUPTED[engineState]}${unreadable}` };
}

const CLOSED_STATE: Partial<Record<EngineRun['status'], RunState>> = { CANCELLED: 'cancelled', TERMINATED: 'cancelled' };

const WHY_INTERRUPTED = {
  answering: 'the engine does not know it any more',
  silent: 'the engine does not answer',
  stopped: 'the engine is stopped, so nobody works on it',
};

function closedBy({ status }: EngineRun): string {
  return `the engine says ${status.toLowerCase().replaceAll('_', ' ')}, and there is no record of how it ended`;
}

function pausedBy(by: 'user' | 'interrupt'): { state: RunState; detail: string } {
  return { state: 'paused', detail: by === 'user' ? 'paused by `lauter runs pause`' : 'its command was interrupted' };
}

function nextStage({ plan, receipts }: LakeRun): RunView['stage'] {
  if (plan === null) return 'plan';
  const done = new Set(receipts.map(({ stage }) => stage));
  return STAGES.find((stage) => !done.has(stage)) ?? STAGES.at(-1)!;
}

/** Run ids begin with the time they were given at, as in 20260302T081500000Z. */
function timeInId(runId: string): string | null {
  const [, year, month, day, hour, minute, second, ms] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(runId) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
}
