import { z } from 'zod';
import { pairedComparisonSchema } from './paired-comparison.ts';
import { replayArmsFrameSchema, replayImpairedSchema, replayShareSchema } from './replay-measures.ts';
import { reproducibilitySchema } from './reproducibility.ts';

const count = z.number().int().nonnegative();
const usd = z.number().nonnegative();
const rate = z.number().min(0).max(1);
const shareOfCorpus = z.number().positive().max(1);

/** A mean over tasks, and where it may lie by chance of the tasks: tasks are drawn, 95 %. Null where fewer than two answers of a task can be compared. */
const meanOfTasks = z.strictObject({
  tasks: count,
  mean: z.number().nonnegative().nullable(),
  ci95: z.tuple([z.number(), z.number()]).nullable(),
});

/** What the answers to one task at one share of the corpus have in common. */
const studiedTask = z.strictObject({
  id: z.string().min(1),
  answers: count,
  passed: count,
  /** More than half of the answers passed: a tie is not passed. Null without an answer. */
  passes_by_majority: z.boolean().nullable(),
  wholly_grounded: count,
  escalated: count,
  /** Answers that differ in more than white space. */
  distinct_answers: count,
  /** 1 where the same task found the same playbooks each time. */
  distinct_bundles: count,
  /** Share of pairs of answers that differ in nothing but white space. Null for fewer than two answers, as are the next two. */
  exact_agreement: rate.nullable(),
  /** Mean over pairs of answers: distinct words in common over distinct words of both. */
  token_agreement: rate.nullable(),
  same_verdict: z.boolean().nullable(),
  /** Rows in the log, repeat by repeat; null where there is none. */
  replay_ids: z.array(z.string().nullable()),
});

/** All answers that were given with one share of the corpus. */
const studiedShare = z.strictObject({
  share: shareOfCorpus,
  rows: count,
  sha256: replayArmsFrameSchema.shape.corpus.shape.sha256,
  answers: count,
  unanswered: count,
  skipped_budget: count,
  /** Tasks with an answer in every repeat. */
  tasks_answered: count,
  gate_pass: replayShareSchema.describe('Over all answers.'),
  passes_by_majority: replayShareSchema.describe('Over tasks with an answer.'),
  wholly_grounded: replayShareSchema.describe('Over all answers.'),
  exact_agreement: meanOfTasks,
  token_agreement: meanOfTasks,
  verdict_agreement: replayShareSchema.describe('Over tasks with at least two answers: the gate said the same of all of them.'),
  escalation: replayShareSchema.describe('Over all answers.'),
  tasks_escalated: replayShareSchema.describe('Over tasks with an answer: at least one answer is of the second model.'),
  distinct_answers: meanOfTasks,
  ...replayImpairedSchema.shape,
  cost_usd: usd,
  tasks: z.array(studiedTask),
});

/** The smallest share against the largest, task by task; differences are largest minus smallest. Agreement is null where tasks were not repeated. */
const convergence = z.strictObject({
  smallest: shareOfCorpus,
  largest: shareOfCorpus,
  /** Tasks with an answer at both. */
  tasks: count,
  passes_by_majority: pairedComparisonSchema.extend({
    table: z.strictObject({ both: count, only_largest: count, only_smallest: count, neither: count }),
  }),
  escalation: pairedComparisonSchema,
  exact_agreement: pairedComparisonSchema.nullable(),
  token_agreement: pairedComparisonSchema.nullable(),
});

/** `replay-study/1`: what `lauter replay study --json` prints. */
export const replayStudySchema = z
  .strictObject({
    schema: z.literal('replay-study/1'),
    ...replayArmsFrameSchema.shape,
    /** `unfinished`: an answer is missing; the figures are of the others. */
    verdict: z.enum(['measured', 'unfinished']),
    cost_usd: usd,
    /** How often each task is put at each share. */
    repeats: z.number().int().positive(),
    /** Over all shares and repeats; `tasks` are those of the file. */
    counts: z.strictObject({ tasks: count, answers: count, unanswered: count, skipped_budget: count }),
    /** From the smallest share to the largest. */
    shares: z.array(studiedShare).min(1),
    /** Null where there is but one share. */
    convergence: convergence.nullable(),
    /** What it was made from; told to people, and not kept while it runs. */
    footer: reproducibilitySchema.optional(),
  })
  .meta({
    title: 'Replay study',
    description: 'How far repeated answers agree, and how often a second model is needed, as the corpus grows.',
  });

export type ReplayStudy = z.infer<typeof replayStudySchema>;
export type StudiedShare = z.infer<typeof studiedShare>;
export type StudiedTask = z.infer<typeof studiedTask>;
export type Convergence = z.infer<typeof convergence>;
export type MeanOfTasks = z.infer<typeof meanOfTasks>;
