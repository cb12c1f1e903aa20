import { availableParallelism } from 'node:os';
import type { LongMemEvalRun } from '../../activities/eval-contract.ts';
import type { CellWork, PlannedCell } from '../../activities/suites/run-document.ts';
import type { CellResult } from '../../activities/suites-contract.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../adapters/digest.ts';
import { openLongMemEvalStore } from '../../adapters/longmemeval/run-store.ts';
import type { SuiteStore } from '../../adapters/suites/suite-store.ts';
import type { EstimatedCell } from '../../domain/cost/index.ts';
import { kindOfSuite } from '../../domain/suites/index.ts';
import type { Config } from '../../schemas/config.ts';
import type { SearchMode } from '../../schemas/vocabulary.ts';
import type { PreparedSuite } from './prepare-suites.ts';
import type { RunFrame } from './run-frame.ts';
import type { SuiteSettings } from './suite-settings.ts';

/** What cells are planned from. */
export interface CellPlan {
  readonly root: string;
  readonly config: Config;
  readonly store: SuiteStore;
  readonly frame: RunFrame;
  readonly settings: SuiteSettings;
  readonly estimates: readonly (EstimatedCell & { readonly retrievalUsd: number; readonly answersUsd: number })[];
}

/** Every suite in every mode, in this order. A cell that ended badly in the run that is gone on with is tried again. */
export function planCells(plan: CellPlan, suites: readonly PreparedSuite[], modes: readonly SearchMode[]): PlannedCell[] {
  return suites.flatMap((suite) => modes.map((mode) => planCell(plan, suite, mode)));
}

function planCell(plan: CellPlan, suite: PreparedSuite, mode: SearchMode): PlannedCell {
  const { frame, settings, estimates } = plan;
  const { name } = suite;
  const { run_uid, attempt, earlier } = chooseAttempt(plan, `${frame.document.run_id}-${name}-${mode}`);
  const estimate = estimates.find((each) => each.suite === name && each.mode === mode);
  const estimatedUsd = (estimate?.retrievalUsd ?? 0) + (estimate?.answersUsd ?? 0);
  return {
    suite: name,
    mode,
    run_uid,
    run_id: [frame.document.code.short, name, mode, frame.document.seed].join('-'),
    attempt,
    earlier,
    kind: kindOfSuite(name),
    dataset: suite.dataset,
    questions: suite.ids.length,
    question_set_hash: suite.ids.length === 0 ? null : sha256([...suite.ids].sort().join('\n')),
    config_hash: settings.configHash,
    estimated_usd: estimatedUsd,
    models: settings.modelsIn(mode),
    prompt_hashes: name === 'longmemeval' ? settings.promptHashes : {},
    work: workOf(plan, suite, mode, { run_uid, earlier, estimatedUsd }),
  };
}

/** The first attempt that has not ended, or that ended well. */
function chooseAttempt({ store, frame }: CellPlan, base: string): Pick<PlannedCell, 'run_uid' | 'attempt' | 'earlier'> {
  for (let attempt = 1, earlier: string | null = null; ; attempt += 1) {
    const run_uid = attempt === 1 ? base : `${base}-${attempt}`;
    const result = store.readResult(frame.document.run_id, run_uid) as CellResult | null;
    if (result === null || result.status === 'completed' || result.status === 'skipped') return { run_uid, attempt, earlier };
    earlier = run_uid;
  }
}

function workOf(
  plan: CellPlan,
  suite: PreparedSuite,
  mode: SearchMode,
  cell: { readonly run_uid: string; readonly earlier: string | null; readonly estimatedUsd: number },
): CellWork {
  if (suite.work.kind !== 'longmemeval') return suite.work;
  return { kind: 'longmemeval', run: longMemEvalRun(plan, suite, suite.work, mode, cell) };
}

function longMemEvalRun(
  { root, config, frame, settings }: CellPlan,
  { dataset, ids }: PreparedSuite,
  { path, isSampled }: Extract<PreparedSuite['work'], { kind: 'longmemeval' }>,
  mode: SearchMode,
  { run_uid, earlier, estimatedUsd }: { readonly run_uid: string; readonly earlier: string | null; readonly estimatedUsd: number },
): LongMemEvalRun {
  const { code, started_at, base, retrieval_budget: retrieval } = frame.document;
  const isKnown = code.short !== 'unknown';
  const rows = earlier === null ? null : join(openLongMemEvalStore(root).folder(earlier), 'hypotheses.jsonl');
  return {
    run_id: run_uid,
    started_at,
    dataset: { path, name: dataset?.name ?? '', sha256: dataset?.sha256 ?? '' },
    limit: null,
    question_ids: isSampled ? ids : null,
    output: null,
    resume_from: rows !== null && existsSync(rows) ? rows : null,
    settings: settings.inMode(mode),
    budget: { cost: config.cost, retrieval, answers: frame.answers, estimated_usd: estimatedUsd },
    base,
    code: { version: code.version, commit: isKnown ? code.short : null, is_dirty: isKnown ? code.commit !== code.short : null },
    // One more than can be worked on, so that a thread that is done finds the next one at hand.
    window: (config.engine.threads ?? availableParallelism()) + 1,
    heartbeat_timeout_ms: config.engine.heartbeat_timeout_s * 1000,
  };
}
