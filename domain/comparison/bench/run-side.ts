import type { BenchRetrievalRow } from '../../../schemas/bench-results.ts';
import type { ComparisonSide } from '../../../schemas/bench-comparison.ts';
import type { BenchMode } from '../../../schemas/vocabulary.ts';
import { retrievalRows } from '../../bench/index.ts';
import { UsageError } from '../../shared/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { cardDigestOf } from '../../shared/model-card.ts';
import type { RunFile } from '../../shared/run-file.ts';
import type { StateOf } from '../../trust/index.ts';

/** A model in a run file: one side of a comparison. */
export interface RunSide {
  readonly file: RunFile;
  readonly modelId: string;
  readonly summary: JsonObject;
}

/** The side of a file: the model that is asked for, or the only one. UsageError, naming those it has, for anything else. The last summary of a model counts. */
export function sideOf(file: RunFile, modelId: string | undefined): RunSide {
  const ids = [...new Set(file.summaries.map((summary) => summary.modelId))].sort();
  const id = modelId ?? (ids.length === 1 ? ids[0] : undefined);
  const summary = file.summaries.findLast((other) => other.modelId === id);
  if (id !== undefined && summary !== undefined) return { file, modelId: id, summary: summary.value };
  const expected = modelId === undefined ? 'one model' : `model ${modelId}`;
  throw new UsageError(
    `choosing a model of run file ${file.path}: expected ${expected}, found ${ids.length === 0 ? 'none' : ids.join(', ')}.`,
    ids.length === 0 ? 'Name a run that has measured a model.' : 'Name one of them with --model-a or --model-b.',
  );
}

/** The questions of a side in one mode, by id. */
export function itemsOf({ file, modelId, summary }: RunSide, mode: BenchMode): ReadonlyMap<string, BenchRetrievalRow> {
  const { rows } = retrievalRows(summary, { runId: file.runId, modelId, sourceOfEvent: file.sourceOfEvent });
  return new Map(rows.filter((row) => row.mode === mode).map((row) => [row.qa_id, row]));
}

/** A side as a report shows it. */
export function showSide(
  { file, modelId, summary }: RunSide,
  stateOf: StateOf,
  comparabilityKey: string | null,
  mode: BenchMode,
): ComparisonSide {
  const { verdict } = summary;
  return {
    path: file.path,
    sha256: file.sha256,
    run_id: file.runId,
    model_id: modelId,
    verdict: verdict === 'PASS' || verdict === 'FAIL' || verdict === 'INCONCLUSIVE' ? verdict : null,
    bt29: stateOf({ modelId, cardDigest: cardDigestOf(summary.model_card_before), comparabilityKey, mode }),
  };
}
