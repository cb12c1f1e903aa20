import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import { countOutcomes } from './summarize.ts';
import { tellBreach } from './find-breaches.ts';
import type { RowFacts } from './row-facts.ts';

export interface JudgedRun {
  readonly verdict: LongMemEvalReport['verdict'];
  readonly reasons: readonly string[];
}

/** Share of harness errors above which a run says nothing. */
const MOST_HARNESS_ERRORS = 0.1;

const VECTOR_MISSING: readonly Degradation[] = ['no_embedder', 'embedding_failed', 'embedder_mismatch'];
const RERANKER_MISSING: readonly Degradation[] = ['no_reranker', 'reranker_failed'];

/** What a run comes to, the gravest reason first; and all reasons. */
export function judgeRun(
  facts: readonly RowFacts[],
  degraded: Readonly<Partial<Record<Degradation, number>>>,
  breaches: LongMemEvalReport['breaches'],
  { requested, allow_degraded }: Pick<LongMemEvalSettings, 'requested' | 'allow_degraded'>,
): JudgedRun {
  const { harness_error: errors, skipped_budget: skipped } = countOutcomes(facts);
  const failed = facts.filter(({ isError, outcome }) => isError && outcome !== 'skipped_budget').length;
  const missing = [...(requested.vector ? VECTOR_MISSING : []), ...(requested.reranker ? RERANKER_MISSING : [])].filter(
    (what) => (degraded[what] ?? 0) > 0,
  );
  const reasons: JudgedRun['reasons'][] = [
    facts.length === 0 ? ['no question was done'] : failed === facts.length ? [`all ${failed} questions failed`] : [],
    errors > MOST_HARNESS_ERRORS * facts.length
      ? [`${errors} of ${facts.length} questions failed beside the search engine, more than 10 %`]
      : [],
    skipped > 0 ? [`${skipped} questions were not done, because the budget was used up`] : [],
    allow_degraded ? [] : missing.map((what) => `${degraded[what]} questions were searched without what was asked for: ${what}`),
    breaches.map(tellBreach),
  ];
  const verdicts = ['invalid', 'invalid', 'over_budget', 'degraded', 'floor_missed'] as const;
  const gravest = reasons.findIndex(({ length }) => length > 0);
  return { verdict: verdicts[gravest] ?? 'accepted', reasons: reasons.flat() };
}
