import { z } from 'zod';
import { VERDICT_WORDS } from './vocabulary.ts';

/** Characters that a name and a note may have. */
export const MAX_NAME_CHARS = 200;
export const MAX_NOTE_CHARS = 10_000;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** `verdict/1`: what one person said of one record, and when. A later one of the same person on the same record replaces it. */
export const verdictSchema = z.strictObject({
  schema: z.literal('verdict/1'),
  evidence_id: sha256Hex,
  verdict: z.enum(VERDICT_WORDS),
  by: z.string().min(1).max(MAX_NAME_CHARS),
  note: z.string().max(MAX_NOTE_CHARS).optional(),
  recorded_at: z.iso.datetime(),
});

/** A row of `ledger/verdicts.jsonl`. */
export const verdictRowSchema = verdictSchema.extend({
  seq: z.number().int().positive(),
  prev_hash: sha256Hex,
  row_hash: sha256Hex,
});

export type Verdict = z.infer<typeof verdictSchema>;
