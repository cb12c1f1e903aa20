import { z } from 'zod';
import { RESOLUTION_KINDS } from './vocabulary.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** `contradiction-decision/1`: what a person decided about a finding. It says nothing to any page. */
export const contradictionDecisionSchema = z.strictObject({
  schema: z.literal('contradiction-decision/1'),
  finding_id: z.string().regex(/^[0-9a-f]{16}$/),
  as: z.enum(RESOLUTION_KINDS),
  keep: z.enum(['a', 'b']).optional(),
  page: z.string().min(1).optional().describe('`source_id::slug` of the page that the decision is about.'),
  row: z.number().int().min(1).optional().describe('Number of the take on that page.'),
  note: z.string().max(10_000).optional(),
  by: z.string().min(1).max(200),
  run_id: z.string().min(1).describe('The run whose finding it was.'),
  recorded_at: z.iso.datetime(),
});

/** The same as it stands in `ledger/contradictions.jsonl`: `row_hash` is the sha256 of the canonical JSON of all the rest. */
export const contradictionLedgerRowSchema = contradictionDecisionSchema.extend({
  seq: z.number().int().positive(),
  prev_hash: sha256Hex,
  row_hash: sha256Hex,
});

export type ContradictionDecision = z.infer<typeof contradictionDecisionSchema>;
export type ContradictionLedgerRow = z.infer<typeof contradictionLedgerRowSchema>;
