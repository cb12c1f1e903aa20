/** Calls of one batch at most: few enough that a killed worker repeats little, and many enough that the engine costs nothing beside them. */
export const CALLS_PER_BATCH = 8;

/** How much there is to do with a model: calls of each purpose, and whether there are questions to score. */
export interface ModelPlan {
  readonly main_calls: number;
  readonly self_consistency_calls: number;
  readonly warmup_calls: number;
  readonly has_embeddings: boolean;
  readonly has_questions: boolean;
}

/** One step of a model's pass; each is one activity, and each can be done again. */
export type ModelStep =
  | { readonly step: 'read_card'; readonly when: 'before' | 'after' }
  | {
      readonly step: 'call_batch';
      readonly purpose: 'warmup' | 'main' | 'self_consistency';
      readonly batch: number;
      readonly calls: number;
    }
  | { readonly step: 'embed_outputs' | 'score_retrieval' | 'embed_repeats' };

/** What is done with a model while production is paused, in order. */
export function modelSteps(plan: ModelPlan): ModelStep[] {
  return [
    { step: 'read_card', when: 'before' },
    ...batches('warmup', plan.warmup_calls),
    ...batches('main', plan.main_calls),
    ...(plan.has_embeddings && plan.has_questions ? ([{ step: 'embed_outputs' }] as const) : []),
    ...(plan.has_questions ? ([{ step: 'score_retrieval' }] as const) : []),
    ...batches('self_consistency', plan.self_consistency_calls),
    ...(plan.has_embeddings && plan.self_consistency_calls > 0 ? ([{ step: 'embed_repeats' }] as const) : []),
    { step: 'read_card', when: 'after' },
  ];
}

/** The calls of one purpose, cut into batches. */
export function batches<Purpose extends string>(purpose: Purpose, calls: number) {
  return Array.from({ length: Math.ceil(calls / CALLS_PER_BATCH) }, (_, batch) => ({
    step: 'call_batch' as const,
    purpose,
    batch,
    calls: Math.min(CALLS_PER_BATCH, calls - batch * CALLS_PER_BATCH),
  }));
}

/** The longest a batch may honestly take: every call until its own timer ends it, and a minute for the rest. */
export function longestBatchMs(calls: number, callTimeoutMs: number): number {
  return calls * callTimeoutMs + 60_000;
}

/** A margin before the deadline of a pause, so that production is running again when it comes. */
const DEADLINE_MARGIN_MS = 60_000;

/** What is left for measured work before a pause must end; never negative. */
export function timeLeftMs(deadline: string, nowMs: number, marginMs = DEADLINE_MARGIN_MS): number {
  return Math.max(0, Date.parse(deadline) - marginMs - nowMs);
}
