import { z } from 'zod';
import { messageSchema, provenanceSchema } from './evidence.ts';
import { CATEGORIES, EXPORT_SETS, QUARANTINE_REASONS, SFT_QUALITY, SPLITS, type QuarantineReason } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** A row of `rag/playbooks.jsonl`. */
export const ragRowSchema = z.strictObject({
  id: z.string(),
  title: z.string().min(1).max(120),
  content: z.string().min(1),
  category: z.enum(['accepted', 'partially_accepted']),
  /** True on every partially accepted row: use with care. */
  warning: z.boolean(),
  tags: z.array(z.string()),
  validation_steps: z.array(z.string()),
  task_key: z.string(),
  tokens: count,
  split: z.enum(SPLITS),
  provenance: provenanceSchema,
});

/** A row of `sft/instruction_response.jsonl`. Its quality cannot be `rejected` or `needs_human_review`: the first firewall. */
export const sftRowSchema = z.strictObject({
  id: z.string(),
  messages: z.array(messageSchema).min(2),
  tools: z.array(z.unknown()).optional(),
  quality_score: z.enum(SFT_QUALITY),
  task_key: z.string(),
  split: z.enum(SPLITS),
  tokens: count,
  provenance: provenanceSchema,
});

/** A row of `preference/chosen_rejected.jsonl`. */
export const preferenceRowSchema = z.strictObject({
  id: z.string(),
  prompt: z.array(messageSchema).min(1),
  /** Where the prompt comes from: the shared beginning of both conversations, or the task's text where they open differently. */
  prompt_from: z.enum(['shared_prefix', 'task_text']),
  chosen: z.array(messageSchema).min(1),
  rejected: z.array(messageSchema).min(1),
  reason: z.enum(['category', 'truth_value']),
  /** Difference of the two truth values, or of the category ranks where a value is unknown; above 0. */
  margin: z.number().positive(),
  task_key: z.string(),
  split: z.enum(SPLITS),
  chosen_id: z.string(),
  rejected_id: z.string(),
  chosen_category: z.enum(CATEGORIES),
  rejected_category: z.enum(CATEGORIES),
  provenance: z.strictObject({ chosen: provenanceSchema, rejected: provenanceSchema }),
});

/** A row of `quarantine/<set>.jsonl`. `evidence_id` is null for a record that never became evidence. */
export const quarantineRowSchema = z.strictObject({
  evidence_id: z.string().nullable(),
  set: z.enum(['materialize', ...EXPORT_SETS]),
  reason: z.enum(Object.keys(QUARANTINE_REASONS) as [QuarantineReason, ...QuarantineReason[]]),
  detail: z.string(),
  provenance: z.strictObject({
    source_file: z.string(),
    locator: z.record(z.string(), z.union([z.string(), z.number()])),
    line_offset: count,
    sig_hash: z.string().nullable(),
  }),
});

export type RagRow = z.infer<typeof ragRowSchema>;
export type SftRow = z.infer<typeof sftRowSchema>;
export type PreferenceRow = z.infer<typeof preferenceRowSchema>;
export type QuarantineRow = z.infer<typeof quarantineRowSchema>;
