import { z } from 'zod';
import { reportMetaSchema } from './report-meta.ts';
import {
  CONTRADICTION_PAIRS,
  CONTRADICTION_VERDICTS,
  PAIR_ERRORS,
  PAIR_SAMPLINGS,
  RESOLUTION_KINDS,
  SEVERITIES,
  SOURCE_TIERS,
} from './vocabulary.ts';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
const usd = z.number().nonnegative();
const told = z.string().nullable();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** One of the two texts of a pair. A date that is not of the content, such as that of an import, never stands here. */
export const contradictionEndSchema = z.strictObject({
  slug: z.string(),
  source_id: z.string(),
  chunk_id: z.number().int().nullable().describe('Null for a take, and where an engine knows no passages.'),
  take_id: z.union([z.string(), z.number()]).nullable(),
  take_row_num: z.number().int().min(1).nullable(),
  source_tier: z.enum(SOURCE_TIERS),
  holder: told.describe('Whose opinion a take is.'),
  text: z.string(),
  effective_date: told,
  effective_date_source: told,
});

/** Two texts that do not go together, and what can be done about it. */
export const contradictionFindingSchema = z.strictObject({
  finding_id: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('The same in every run, as long as both texts and their pages stay what they are.'),
  kind: z.enum(CONTRADICTION_PAIRS),
  a: contradictionEndSchema,
  b: contradictionEndSchema,
  combined_score: z.number(),
  verdict: z.enum(CONTRADICTION_VERDICTS).exclude(['no_contradiction']),
  severity: z.enum(SEVERITIES),
  axis: z.string().describe('What they disagree on, in the words of the judge.'),
  confidence: share,
  resolution_kind: z.enum(RESOLUTION_KINDS),
  resolution_command: z.string().describe('To be pasted into a shell by a person. It notes a decision and edits no page.'),
});

/** How many pairs got each verdict. */
export const verdictBreakdownSchema = z.record(z.enum(CONTRADICTION_VERDICTS), count);

/** How many candidate pairs there were between pages of which care. */
export const tierBreakdownSchema = z.strictObject({ curated_vs_curated: count, curated_vs_bulk: count, bulk_vs_bulk: count, other: count });

/** Pairs that no verdict came for. */
export const pairErrorsSchema = z.strictObject({ ...countsOf(PAIR_ERRORS), total: count, note: z.string() });

const pairCounts = { pairs_skipped_by_date: count, pairs_cache_hit: count, pairs_judged: count, pairs_errored: count };

const queryResultSchema = z.strictObject({
  query: z.string(),
  state: z
    .enum(['judged', 'judge_failed', 'not_evaluated', 'errored'])
    .describe('Only `judged` counts in the interval: every call failed, the cap was reached before its end, the search failed.'),
  result_count: count,
  contradictions: z.array(contradictionFindingSchema).describe('Every verdict but no_contradiction.'),
  ...pairCounts,
});

const entityResultSchema = z.strictObject({
  passages: count,
  pairs_found: count.describe('Pairs that share an entity and an attribute, before the bound on their number.'),
  ...pairCounts,
  pairs_not_judged: count.describe('Chosen, but the cap was reached before.'),
  contradictions: z.array(contradictionFindingSchema.extend({ entity: z.string(), attribute: z.string() })),
});

const goldShare = z.strictObject({ hit: count, total: count, point: share, lower: share, upper: share });

/** Verdicts against pairs that people have labelled. */
export const goldCalibrationSchema = z.strictObject({
  pairs: count,
  judged: count,
  errors: count.describe('Labelled pairs without a verdict; in neither share.'),
  true_positive: count,
  false_positive: count,
  false_negative: count,
  true_negative: count,
  precision: goldShare,
  recall: goldShare,
  small_sample_note: z.string().optional(),
});

const hotPageSchema = z.strictObject({
  slug: z.string(),
  source_id: z.string(),
  appearances: count.min(1),
  max_severity: z.enum(SEVERITIES),
});

/** What `lauter eval contradictions run --json` prints. */
export const contradictionReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    run_status: z.enum(['ok', 'judge_failed', 'over_budget']),
    run_id: z.string().min(1),
    judge_model: z.string(),
    prompt_version: z.string(),
    truncation_policy: z.string(),
    top_k: count,
    sampling: z.enum(PAIR_SAMPLINGS),
    queries_evaluated: count.describe('All of whose pairs were put to the judge, whatever came of it.'),
    queries_with_contradiction: count,
    queries_with_any_finding: count,
    total_contradictions_flagged: count.describe('Findings of every verdict but no_contradiction, of queries and of entities.'),
    verdict_breakdown: verdictBreakdownSchema,
    calibration: z.strictObject({
      queries_total: count.describe('What the interval is over: queries that a verdict came for, or that had nothing to judge.'),
      queries_judged_clean: count,
      queries_with_contradiction: count,
      wilson_ci_95: z.strictObject({ point: share, lower: share, upper: share }).nullable().describe('Null where the judge failed.'),
      small_sample_note: z.string().optional(),
    }),
    headline: told.describe('The share of queries with a contradiction in one sentence; null where the judge failed.'),
    judge_errors: pairErrorsSchema,
    cost_usd: z.strictObject({ judge: usd, embedding: usd, total: usd, estimate_note: z.string() }),
    cache: z.strictObject({ hits: count, misses: count, hit_rate: share }),
    duration_ms: z.number().nonnegative(),
    source_tier_breakdown: tierBreakdownSchema,
    per_query: z.array(queryResultSchema),
    hot_pages: z.array(hotPageSchema).max(10),
    entities: entityResultSchema.nullable().describe('With --entities: pairs of the whole collection.'),
    gold: goldCalibrationSchema.nullable(),
    queries_not_evaluated: count,
    queries_errored: count,
    queries_judge_failed: count,
    malformed_queries: count.describe('Lines of the file of queries that are no query.'),
    prompt_hash: sha256Hex,
    judge_snapshot: told,
    usage: z.strictObject({ input_tokens: count, output_tokens: count, calls: count }),
    dataset: z.strictObject({ collection: z.string(), corpus_hash: told, queries_name: told, queries_sha256: sha256Hex }),
    started_at: z.string(),
    finished_at: z.string(),
    notices: z.array(z.string()),
    _meta: reportMetaSchema.optional().describe('Always in what is printed; a run keeps its report without.'),
  })
  .meta({ title: 'Contradictions', description: 'What a collection says against itself.' });

function countsOf<Name extends string>(names: readonly Name[]): Record<Name, typeof count> {
  return Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>;
}

export type ContradictionEnd = z.infer<typeof contradictionEndSchema>;
export type ContradictionFinding = z.infer<typeof contradictionFindingSchema>;
export type ContradictionReport = z.infer<typeof contradictionReportSchema>;
export type VerdictBreakdown = z.infer<typeof verdictBreakdownSchema>;
export type TierBreakdown = z.infer<typeof tierBreakdownSchema>;
export type PairErrors = z.infer<typeof pairErrorsSchema>;
export type GoldCalibration = z.infer<typeof goldCalibrationSchema>;
export type HotPage = z.infer<typeof hotPageSchema>;
