import { resolve } from 'node:path';
import { now } from '../../adapters/clock.ts';
import { readTextFile } from '../../adapters/gate/read-rows.ts';
import { worstRows } from '../../domain/gate/index.ts';
import { gateMetrics } from '../../domain/glossary/index.ts';
import { readGateQrels } from '../../domain/measures/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { renderGate } from '../../reports/gate/render-gate.ts';
import { tellReport } from '../bench/tell-report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { assembleGateReport } from '../gate/assemble-gate-report.ts';
import { interruptible } from '../gate/interruptible.ts';
import { keepProjections, summaryPath } from '../gate/keep-projections.ts';
import { readBaselineFile } from '../gate/read-baseline-file.ts';
import { runCorrectness, type CorrectnessOutcome } from '../gate/run-correctness.ts';
import { runRegression, type RegressionOutcome } from '../gate/run-regression.ts';
import { openSceneLater, type OpenRetriever, type SearchScene, type SearchSceneOptions } from '../gate/search-scene.ts';
import { tellGate } from '../gate/tell-gate.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { Io } from '../io.ts';

export interface EvalGateOptions extends SearchSceneOptions, GlossaryChoice {
  readonly baseline?: string;
  readonly baselineRef?: string;
  readonly qrels?: string;
  readonly k: number;
  readonly thresholdJaccard?: number;
  readonly thresholdTop1?: number;
  readonly thresholdLatencyMultiplier?: number;
  readonly latencyFloorMs?: number;
  readonly thresholdRecallAtK?: number;
  readonly thresholdFirstRelevantHit?: number;
  readonly thresholdExpectedTop1?: number;
  readonly embedder?: 'deterministic';
  readonly allowDegraded?: boolean;
  readonly junit?: string;
  readonly githubSummary?: string | true;
  readonly report?: string;
  readonly json?: boolean;
}

/** `lauter eval gate`: whether the search engine may go on as it is; 1 when a limit does not hold, 2 when nobody can tell. */
export async function evalGate(io: Io, options: EvalGateOptions, open?: OpenRetriever): Promise<ExitCode> {
  requireSense(options);
  summaryPath(io, options.githubSummary);
  const startedAt = now();
  const scene = openSceneLater(io, 'eval gate', options, open, options.embedder);
  return interruptible(io, async (signal) => {
    try {
      const regression = await regressionOf(io, options, scene, signal);
      const correctness = await correctnessOf(io, options, scene, signal);
      const report = await assembleGateReport(io, scene, regression, correctness, startedAt);
      const results = regression?.rows.map(({ result }) => result) ?? [];
      const files = renderGate(report, results, worstRows(results, results.length));
      if (options.report !== undefined) tellReport(io, options.report, files);
      keepProjections(io, options, report, files);
      io.out(
        options.json === true ? JSON.stringify(report, null, 2) : tellGate(report, results) + glossaryBelow(options, gateMetrics(report)),
      );
      return { pass: EXIT.accepted, fail: EXIT.refused, error: EXIT.impossible }[report.verdict];
    } finally {
      await scene.close();
    }
  });
}

/** Flags that would be without effect are mistakes. */
function requireSense({ baseline, baselineRef, qrels, embedder }: EvalGateOptions): void {
  if (baseline === undefined && qrels === undefined) throw senseless('--baseline', '--baseline FILE, --qrels FILE or both', 'neither');
  if (baselineRef !== undefined && baseline === undefined) throw senseless('--baseline-ref', '--baseline FILE beside it', 'none');
  if (embedder !== undefined && baseline !== undefined) throw senseless('--embedder', 'it with --qrels alone', '--baseline beside it');
}

function senseless(flag: string, expected: string, found: string): UsageError {
  return new UsageError(`starting the gate, on ${flag}: expected ${expected}, found ${found}.`, 'Mend the command line.', { flag });
}

async function regressionOf(io: Io, options: EvalGateOptions, scene: SearchScene, signal: AbortSignal): Promise<RegressionOutcome | null> {
  const { baseline: path, baselineRef: revision, mode, set: knobs } = options;
  if (path === undefined) return null;
  const given = {
    jaccard: options.thresholdJaccard,
    top1: options.thresholdTop1,
    latency_multiplier: options.thresholdLatencyMultiplier,
    latency_floor_ms: options.latencyFloorMs,
  };
  const plan = { collection: scene.collection, mode, knobs, signal };
  const question = { path, revision, given, isDegradedAllowed: options.allowDegraded === true, plan };
  return runRegression(
    question,
    () => readBaselineFile(io, path, revision),
    () => scene.openForReplay(),
  );
}

async function correctnessOf(
  io: Io,
  options: EvalGateOptions,
  scene: SearchScene,
  signal: AbortSignal,
): Promise<CorrectnessOutcome | null> {
  const { qrels: path, k, mode, set: knobs } = options;
  if (path === undefined) return null;
  const given = {
    recall_at_k: options.thresholdRecallAtK,
    first_relevant_hit: options.thresholdFirstRelevantHit,
    expected_top1: options.thresholdExpectedTop1,
  };
  const plan = { collection: scene.collection, mode, knobs, signal, k, hasVectors: options.embedder !== undefined };
  return runCorrectness(
    { path, given, isDegradedAllowed: options.allowDegraded === true, plan },
    () => readGateQrels(readTextFile(resolve(io.cwd, path), path).text, path),
    () => scene.open(),
  );
}
