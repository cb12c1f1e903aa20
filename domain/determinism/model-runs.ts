import { compareCodePoints } from '../shared/code-point-order.ts';
import type { RunFile, RunSummary } from '../shared/run-file.ts';

/** One run of one model. */
export interface ModelRun {
  readonly runId: string;
  readonly modelId: string;
  readonly file: RunFile;
  /** The last one, where the run has several. */
  readonly summary: RunSummary;
  readonly summaries: number;
}

/** The runs of each model: models in the order of their ids, runs in the order of theirs, so that the order of the files plays no part. */
export function groupByModel(files: readonly RunFile[]): ReadonlyMap<string, readonly ModelRun[]> {
  const runs = files.flatMap(runsOf);
  const ids = [...new Set(runs.map(({ modelId }) => modelId))].sort(compareCodePoints);
  return new Map(
    ids.map((id) => [id, runs.filter(({ modelId }) => modelId === id).sort((left, right) => compareCodePoints(left.runId, right.runId))]),
  );
}

/** A file is one run, however many summaries of a model it holds. */
function runsOf(file: RunFile): ModelRun[] {
  const last = new Map(file.summaries.map((summary) => [summary.modelId, summary]));
  return [...last].map(([modelId, summary]) => ({
    runId: file.runId,
    modelId,
    file,
    summary,
    summaries: file.summaries.filter((other) => other.modelId === modelId).length,
  }));
}
