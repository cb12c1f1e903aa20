import type { ModelSummary, RetrievalItem, RetrievalMeans } from '../../../schemas/bench-model-summary.ts';
import type { BenchMode } from '../../../schemas/vocabulary.ts';
import { meanScores } from './mean-scores.ts';
import { scoreItem, type RankedResult } from './score-item.ts';

/** One question asked in one mode: what came back, or why nothing did. */
export interface AskedQuestion {
  readonly qa_id: string;
  readonly mode: BenchMode;
  /** The events of this corpus that answer it. Without any the question is unscoreable. */
  readonly goldens: readonly string[];
  /** Source of the first golden. */
  readonly source: string;
  readonly outcome: { readonly results: readonly RankedResult[] } | { readonly error_type: string; readonly error: string };
}

/** Retrieval means by mode. */
export type ModeMeans = { [Mode in BenchMode]?: RetrievalMeans };

/** What retrieval came to for one model. Items whose call failed stand in `errors` and in no mean. */
export interface RetrievalSummary {
  readonly proxy: {
    readonly modes: ModeMeans;
    readonly qa_count: number;
    readonly k: number;
    readonly per_item: RetrievalItem[];
  };
  readonly bySource: ReadonlyMap<string, ModeMeans>;
  readonly errors: ModelSummary['errors'];
}

/**
 * Scores every asked question and takes the means for each of `modes`, together and by source. Items are counted in the order of their ids, so that
 * a sum does not depend on which answer came first. `k` is how many results were asked for.
 */
export function summarizeRetrieval(asked: readonly AskedQuestion[], modes: readonly BenchMode[], k: number): RetrievalSummary {
  const scoreable = asked.filter(({ goldens }) => goldens.length > 0).sort((left, right) => (left.qa_id < right.qa_id ? -1 : 1));
  const scored = modes.flatMap((mode) => scoreable.filter((question) => question.mode === mode).flatMap(scoreAnswered));
  const means = (items: readonly ScoredQuestion[]): ModeMeans =>
    Object.fromEntries(modes.map((mode) => [mode, meanScores(items.map(({ item }) => item).filter((item) => item.mode === mode))]));
  const sources = [...new Set(scoreable.map(({ source }) => source))].sort();
  return {
    proxy: {
      modes: means(scored),
      qa_count: new Set(scoreable.map(({ qa_id }) => qa_id)).size,
      k,
      per_item: scored.map(({ item }) => item),
    },
    bySource: new Map(sources.map((source) => [source, means(scored.filter((question) => question.source === source))])),
    errors: scoreable.flatMap(({ qa_id, mode, outcome }) =>
      'results' in outcome ? [] : [{ step: 'retrieval', type: outcome.error_type, error: `${qa_id}, ${mode}: ${outcome.error}` }],
    ),
  };
}

interface ScoredQuestion {
  readonly source: string;
  readonly item: RetrievalItem;
}

function scoreAnswered({ qa_id, mode, goldens, source, outcome }: AskedQuestion): ScoredQuestion[] {
  if (!('results' in outcome)) return [];
  return [{ source, item: { qa_id, golden_event_id: goldens[0] ?? null, mode, ...scoreItem(outcome.results, goldens) } }];
}
