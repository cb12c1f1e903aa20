import type { BenchSummary } from '../../../schemas/bench-summary.ts';
import { BENCH_MODES, type BenchMode } from '../../../schemas/vocabulary.ts';
import { checkComparability } from '../../determinism/index.ts';
import { isObject } from '../../shared/json.ts';
import type { RunFile } from '../../shared/run-file.ts';
import type { StateOf } from '../../trust/index.ts';
import { labelOf, listOf, numberOf, objectOf, textOf, yesNoOf } from './field-values.ts';
import { summarizeModel } from './summarize-model.ts';

/** What one run file says, model by model, with what the ledger says about each model now. Nothing is taken for 0 that the file does not record. */
export function summarizeRun(file: RunFile, stateOf: StateOf): BenchSummary {
  const manifest = file.manifest?.value ?? {};
  const end = file.end?.value;
  const { report: comparability, warnings } = checkComparability([file]);
  const headlineMode = headlineOf(objectOf(manifest.tuning).mode);
  const last = new Map(file.summaries.map(({ modelId, value }) => [modelId, value]));
  const ids = [...last.keys()].sort();
  const { ignored } = file;
  return {
    schema: 'bench-summary/1',
    path: file.path,
    sha256: file.sha256,
    run_id: file.runId,
    started_at: textOf(manifest.started_at_iso),
    finished_at: textOf(end?.finished_at_iso) ?? textOf(manifest.finished_at_iso),
    corpus_version: labelOf(manifest.corpus_version),
    eval_qa_version: labelOf(manifest.eval_qa_version),
    embedding_model: textOf(manifest.embedding_model),
    temperature: numberOf(manifest.temperature),
    judge_model: textOf(objectOf(manifest.judge).model),
    comparability: { status: comparability.status, key: comparability.key },
    headline_mode: headlineMode,
    is_complete: end !== undefined,
    end_reason: textOf(end?.reason),
    exit_code: numberOf(end?.exit_code),
    is_resumed: yesNoOf(end?.prod_brain_resumed_ok),
    paused_seconds: numberOf(end?.paused_seconds),
    interruptions: listOf(end?.interruptions).flatMap((item) =>
      isObject(item) ? [{ at: textOf(item.at_iso), kind: textOf(item.kind) ?? 'unknown' }] : [],
    ),
    models: ids.map((modelId) =>
      summarizeModel({ file, modelId, summary: last.get(modelId)! }, { headlineMode, comparabilityKey: comparability.key, stateOf }),
    ),
    warnings: [
      ...(end === undefined ? ['the file has no run_end: the run did not come to its end, or is still going on'] : []),
      ...warnings,
      ...(file.summaries.length > ids.length ? ['a model has several summaries; the last one is shown'] : []),
      ...(ignored.records + ignored.fields > 0
        ? [`ignored ${ignored.records} records of an unknown type and ${ignored.fields} unknown fields`]
        : []),
    ],
  };
}

/** The mode that the run was tuned for; production's own where the file does not say. */
function headlineOf(mode: unknown): BenchMode {
  return BENCH_MODES.find((known) => known === mode) ?? 'hybrid';
}
