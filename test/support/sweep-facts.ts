import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { benchRunFolder, openBenchRuns } from '../../adapters/bench/run-store.ts';
import type { BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { ModelSummary } from '../../schemas/bench-model-summary.ts';
import type { RunEnd } from '../../schemas/bench-run-file.ts';
import type { DeterminismReport } from '../../schemas/determinism-report.ts';
import { loggedCalls, readRecords } from './bench-harbor.ts';
import { filesBelow, readJson } from './workspace-facts.ts';

/** What a sweep came to, less what depends on when, where and in how many attempts it was worked on. `out` is its folder of run files and report. */
export function factsOfSweep(out: string, runs = 3): object {
  const { overall, bt29, models } = readReport(out);
  const verdicts = models.map(
    ({ model_id, n_runs, verdict, mrr, hit_at_1, judge_mean, ndcg_at_10, scored_count, flips, pass_all_runs }) => ({
      ...{ model_id, n_runs, verdict, mrr, hit_at_1, judge_mean, ndcg_at_10, scored_count, flips, pass_all_runs },
    }),
  );
  return { overall, bt29, verdicts, runs: runFiles(out, runs).map((path) => factsOfRun(path)) };
}

function readReport(out: string): Pick<DeterminismReport, 'overall' | 'models'> & { readonly bt29?: unknown } {
  return readJson(join(out, 'determinism.json'));
}

function factsOfRun(path: string): object {
  const { summaries, attempts, end } = readRun(path);
  return {
    ends: { reason: end.reason, completed: end.models_completed, code: end.exit_code, isResumed: end.prod_brain_resumed_ok },
    summaries: summaries.map(
      ({ verdict, errors, queue, call_errors, judge, downstream_proxy, events_attempted, attempts_total, gates }) => ({
        ...{ verdict, errors, queue, call_errors, judge, downstream_proxy, events_attempted, attempts_total },
        gates: Object.fromEntries(Object.entries(gates).filter(([name]) => !name.startsWith('latency'))),
      }),
    ),
    // In their order: a run that went on asks for the same things in the same turn.
    attempts: attempts.map(({ purpose, event, attempt_idx, raw_output }) => [purpose, event.event_id, attempt_idx, raw_output]),
  };
}

/** The run files of a sweep, in order. */
export function runFiles(out: string, runs = 3): string[] {
  return Array.from({ length: runs }, (_, index) => join(out, `r${index + 1}.jsonl`));
}

/** The records of a run file by their kinds. */
export function readRun(path: string): {
  readonly summaries: readonly ModelSummary[];
  readonly attempts: readonly BenchAttempt[];
  readonly end: RunEnd;
} {
  const records = readRecords(path);
  const ofType = <Kind>(type: string): Kind[] => records.filter(({ record_type }) => record_type === type) as Kind[];
  const [end] = ofType<RunEnd>('run_end');
  if (end === undefined) throw new Error(`expected a run_end in ${path}, found none`);
  return { summaries: ofType('model_summary'), attempts: ofType('attempt'), end };
}

/** Calls that all runs say were begun, cut off and made again. */
export function repeatsOf(out: string): number {
  return runFiles(out)
    .flatMap((path) => readRun(path).summaries)
    .reduce((sum, { repeated_calls: repeated }) => sum + repeated, 0);
}

/** Attempts that stand in a run file twice. */
export function doubleRows(path: string): string[] {
  const seen = new Set<string>();
  return readRun(path).attempts.flatMap(({ idempotency_key: key }) => {
    const isDouble = seen.has(key);
    seen.add(key);
    return isDouble ? [`${basename(path)}: ${key}`] : [];
  });
}

/** How much was finished at some moment, and how many calls had been answered then. */
export interface Standing {
  readonly committed: ReadonlySet<string>;
  readonly answered: number;
}

/** Calls whose answers are committed in a workspace, by their keys, which are their request ids. */
export function standingOf(workspace: string, requestLog: string): Standing {
  const calls = openBenchRuns(workspace)
    .list()
    .flatMap((runId) => filesBelow(join(benchRunFolder(workspace, runId), 'calls')));
  const committed = new Set(
    calls.filter((path) => path.endsWith('.json') && !path.includes('.tmp')).map((path) => basename(path, '.json')),
  );
  return { committed, answered: existsSync(requestLog) ? loggedCalls(requestLog).length : 0 };
}

/** Calls that were answered after they had been committed already: each is one too many. */
export function askedAgain(requestLog: string, { committed, answered }: Standing): string[] {
  const later = loggedCalls(requestLog).slice(answered);
  return later.flatMap(({ request_id: id }) => (id !== null && committed.has(id) ? [id] : []));
}

/** How often calls that had been answered were answered again, by their request ids. */
export function answeredAgain(requestLog: string): number {
  const ids = loggedCalls(requestLog, 'chat').map(({ request_id: id }) => id);
  return ids.length - new Set(ids).size;
}
