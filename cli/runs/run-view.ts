import type { EngineRun } from '../../adapters/temporal/engine-runs.ts';
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
  if (engine?.status === 'RUNNING') return observed?.pausedBy ? pausedBy(observed.pausedBy) : { state: 'running', detail: '' };
  if (lake.record !== null) return { state: lake.record.state, detail: lake.record.detail };
  const unreadable = lake.unreadable.length === 0 ? '' : `; of what it left, ${lake.unreadable.join(', ')} cannot be read`;
  if (engine !== undefined) return { ...endedWithoutRecord(engine), ...(unreadable === '' ? {} : { detail: endedWithoutRecord(engine).detail + unreadable }) };
  const why = engineState === 'answering' ? 'the engine does not know it any more' : 'the engine is not up, so nobody works on it';
  return { state: 'interrupted', detail: why + unreadable };
}

function pausedBy(by: 'user' | 'interrupt'): { state: RunState; detail: string } {
  return { state: 'paused', detail: by === 'user' ? 'paused by `lauter runs pause`' : 'its command was interrupted' };
}

function endedWithoutRecord({ status }: EngineRun): { state: RunState; detail: string } {
  if (status === 'CANCELLED' || status === 'TERMINATED') return { state: 'cancelled', detail: `the engine says ${status.toLowerCase()}; it left no record` };
  return { state: 'failed', detail: `the engine says ${status.toLowerCase().replaceAll('_', ' ')}; there is no record of how it ended` };
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
