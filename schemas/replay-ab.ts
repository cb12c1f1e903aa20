import { z } from 'zod';
import { pairedComparisonSchema } from './paired-comparison.ts';
import { replayArmsFrameSchema, replayImpairedSchema, replayShareSchema } from './replay-measures.ts';
import { groundingSchema, replayGateSchema } from './replay-run.ts';
import { reproducibilitySchema } from './reproducibility.ts';

const count = z.number().int().nonnegative();
const usd = z.number().nonnegative();
const latencyMs = z.number().nonnegative().nullable();

/** What the gate and the grounding say of the answers of one arm, over the tasks that both arms answered. */
const judgedArm = z.strictObject({
  gate_pass: replayShareSchema,
  wholly_grounded: replayShareSchema.describe(
    'Answers that name nothing ungrounded; one that names nothing at all counts when the gate passed it.',
  ),
  names: z
    .strictObject({ grounded: count, total: count, rate: z.number().min(0).max(1).nullable() })
    .describe('Everything that all answers name, added up.'),
  names_nothing: count.describe('Answers that name nothing, and so have no grounding rate.'),
  reasons: z
    .record(z.string(), z.number().int().positive())
    .describe('Why the gate refused, and how often; an answer may have several reasons.'),
});

/** One arm as it was run. Cost is that of all its tasks, everything else is over the tasks that both arms answered. */
const replayArm = judgedArm.extend({
  answered: count.describe('Tasks with an answer in this arm, whether the other one has one or not.'),
  escalated: count,
  ...replayImpairedSchema.shape,
  cost_usd: usd,
  median_latency_ms: latencyMs,
});

/** A yes or no of both arms, task by task. */
const binaryPairs = pairedComparisonSchema.extend({
  table: z.strictObject({ both: count, only_with: count, only_without: count, neither: count }),
});

/** The share of named things that are grounded, task by task, where both answers name something. */
const ratePairs = pairedComparisonSchema.extend({
  left_out: count.describe('Tasks that both arms answered, and in which an answer names nothing.'),
});

const pairedMeasures = z.strictObject({
  gate_pass: binaryPairs,
  wholly_grounded: binaryPairs,
  grounding_rate: ratePairs,
});

/** What one arm made of a task. Null where there is no answer. */
const replaySide = z.strictObject({
  state: z.enum(['passed', 'refused', 'unanswered', 'skipped_budget']),
  /** Why the gate refused it, or why nobody answered. */
  reasons: z.array(z.string()),
  answer: z.string().nullable(),
  gate: replayGateSchema.nullable(),
  grounding: z.array(groundingSchema),
  model: z.string().nullable(),
  escalated: z.boolean(),
  /** Its row in the log. */
  replay_id: z.string().nullable(),
  /** Ids of what was retrieved, best first. */
  retrieved: z.array(z.string()),
  latency_ms: latencyMs,
});

/** A task and what both arms made of it, side by side. */
const replayPair = z.strictObject({
  id: z.string().min(1),
  /** As it was put to the models, cleared of secrets; null where it was put to none. */
  task: z.string().nullable(),
  with: replaySide,
  without: replaySide,
  /** The answer of the baseline, judged against the bundle of the other arm; null where an answer is missing. */
  same_evidence: z.strictObject({ gate: replayGateSchema, grounding: z.array(groundingSchema) }).nullable(),
});

/** `replay-ab/1`: what `lauter replay ab --json` prints. */
export const replayAbSchema = z
  .strictObject({
    schema: z.literal('replay-ab/1'),
    ...replayArmsFrameSchema.shape,
    /** `unfinished`: a task lacks an answer in an arm; the figures are of the others. */
    verdict: z.enum(['compared', 'unfinished']),
    cost_usd: usd,
    counts: z.strictObject({
      tasks: count,
      /** Answered in both arms: what every test is made of. */
      paired: count,
      unanswered: z.strictObject({ with: count, without: count }),
      skipped_budget: z.strictObject({ with: count, without: count }),
    }),
    arms: z.strictObject({ with: replayArm, without: replayArm }),
    paired: pairedMeasures,
    /** The baseline's answers judged once more, each against the bundle that the other arm had: neither arm is favoured by what the judge may look at. */
    same_evidence: z.strictObject({ without: judgedArm, paired: pairedMeasures }),
    pairs: z.array(replayPair),
    /** What it was made from; told to people, and not kept while it runs. */
    footer: reproducibilitySchema.optional(),
  })
  .meta({ title: 'Replay A/B', description: 'The same tasks answered with playbooks and without.' });

export type ReplayAb = z.infer<typeof replayAbSchema>;
export type ReplayArm = z.infer<typeof replayArm>;
export type JudgedArm = z.infer<typeof judgedArm>;
export type ReplayPair = z.infer<typeof replayPair>;
export type ReplaySide = z.infer<typeof replaySide>;
export type BinaryPairs = z.infer<typeof binaryPairs>;
export type RatePairs = z.infer<typeof ratePairs>;
