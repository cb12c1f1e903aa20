import type { LongMemEvalBudget } from '../../activities/eval-contract.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import { searchSettingsSchema } from '../../schemas/search-settings.ts';
import { freePrices } from './spending.ts';

/** What a run may spend, out of one budget: five dollars, by a price table in which the models of tests cost nothing unless it is given. */
export function lmeBudget(
  run_id: string,
  cost: CostSettings = freePrices('harbour-8b', 'judge-70b'),
  cap_usd: number | null = 5,
): LongMemEvalBudget {
  const frame = { run_id, command: 'eval longmemeval', cap_usd };
  return { cost, retrieval: frame, answers: frame, estimated_usd: null };
}

/** Settings of a run that searches words alone and asks no model. */
export function lmeSettings(more: Partial<LongMemEvalSettings> = {}): LongMemEvalSettings {
  return {
    retrieval: {
      retriever: 'builtin',
      strategy: 'keyword',
      mode: null,
      top_k: 10,
      knobs: {},
      search: searchSettingsSchema.parse({}),
      environment: {},
    },
    session_k: [1, 5, 10],
    reader: null,
    judge: null,
    requested: { vector: false, reranker: false },
    by_type: false,
    floor: null,
    include_abstention: false,
    allow_degraded: false,
    allow_mixed: false,
    ...more,
  };
}
