import { z } from 'zod';
import { KNOB_DESCRIPTIONS } from './knob-descriptions.ts';

const rate = z.number().min(0).max(1);
const count = z.number().int().min(1);
const isOn = z.boolean();

/**
 * Everything about a search that can be turned, by name. `token_budget` null: none. `expansion` and `contextual` may name what needs a model; a search
 * that lacks it says so.
 */
export const searchKnobsSchema = z
  .strictObject(
    described({
      token_budget: z.number().min(0).nullable(),
      limit: count,
      expansion: isOn,
      reranker: isOn,
      rerank_top_n_in: count,
      rerank_timeout_ms: count,
      graph_signals: isOn,
      relational: isOn,
      relational_depth: count,
      relational_max: count,
      autocut: isOn,
      autocut_jump: z.number(),
      autocut_min_top: rate,
      autocut_min_keep: count,
      contextual: z.enum(['none', 'title', 'synopsis']),
      semantic_cache: isOn,
      cache_similarity: rate,
      cache_ttl_s: count,
      intent_weighting: isOn,
      title_boost: z.number().positive(),
      evidence_cosine: rate,
      rrf_k: count,
      cosine_blend: rate,
      dedup_max_per_page: count,
      dedup_text_jaccard: rate,
      dedup_type_ratio: rate,
      source_boost: isOn,
      adaptive_return: isOn,
      salvage: isOn,
      embed_timeout_ms: count,
      recency: z.enum(['suggested', 'off', 'on', 'strong']),
      salience: z.enum(['suggested', 'off', 'on', 'strong']),
      lexical: z.enum(['bm25', 'fielded']),
      fusion: z.enum(['rrf', 'blend']),
    }),
  )
  .meta({ title: 'Search knobs', description: 'Everything about a search that can be turned.' });

export type SearchKnobs = z.infer<typeof searchKnobsSchema>;
export type KnobName = keyof SearchKnobs;
export type KnobValue = SearchKnobs[KnobName];

/** Each knob with what it does, for the JSON Schema of the config. */
function described<Shape extends Record<keyof typeof KNOB_DESCRIPTIONS, z.ZodType>>(shape: Shape): Shape {
  const entries = Object.entries(KNOB_DESCRIPTIONS).map(([name, text]) => [name, (shape[name as keyof Shape] as z.ZodType).describe(text)]);
  return Object.fromEntries(entries) as Shape;
}
