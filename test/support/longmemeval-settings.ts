import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import { searchSettingsSchema } from '../../schemas/search-settings.ts';

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
