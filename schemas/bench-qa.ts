import { z } from 'zod';

const count = z.number().int().nonnegative();

/** A row of a fixture as Lauter writes it. As it is read, a row may be any JSON object: what is wrong with it is a finding of the validation. */
export const qaRowSchema = z.looseObject({
  qa_id: z.string().min(1),
  question: z.string(),
  golden_event_id: z.string().nullable().optional(),
  golden_event_ids: z.array(z.string()).optional(),
  /** Content hashes of the goldens, in their order; by them a graft finds the events again. */
  golden_content_sha256: z.array(z.string().nullable()).optional(),
  source_filter: z.string().nullable(),
  acceptable_answer_keywords: z.array(z.string()),
  tags: z.array(z.string()),
});

/** How the goldens of a fixture were carried from one corpus to another. */
export const qaGraftSchema = z.looseObject({
  from_corpus_hash: z.string().nullable(),
  to_corpus_hash: z.string(),
  at_iso: z.string(),
  method: z.string(),
  mapped: z.array(z.looseObject({ qa_id: z.string(), old_event_id: z.string(), new_event_id: z.string() })),
  unmapped: z.array(z.unknown()),
});

/** `<fixture>.provenance.json`. Only the hashes are enforced; a file of another program may lack the rest. */
export const qaProvenanceSchema = z.looseObject({
  fixture: z.string().optional(),
  version: z.union([z.string(), z.number()]).optional(),
  annotated_on: z.string().nullable().optional(),
  annotation_method: z.string().optional(),
  second_annotation: z.boolean().optional(),
  corpus_version: z.string().optional(),
  corpus_schema_version: z.union([z.string(), z.number()]).nullable().optional(),
  corpus_content_hash: z.string().optional(),
  jsonl_content_hash: z.string().nullable().optional(),
  qa_content_hash: z.string().optional(),
  event_count: count.optional(),
  scoreable: count.optional(),
  stratification: z.record(z.string(), z.unknown()).optional(),
  grafts: z.array(qaGraftSchema).optional(),
});

/** A row of a worklist: a question that no event answers, and the events that could. */
export const qaWorklistRowSchema = z.strictObject({
  qa_id: z.string(),
  question: z.string(),
  source_filter: z.string().nullable(),
  current_golden_event_id: z.string().nullable(),
  /** In code point order; those of `source_filter` alone where there is one. */
  candidate_event_ids: z.array(z.string()),
});

export type QaRow = z.infer<typeof qaRowSchema>;
export type QaGraft = z.infer<typeof qaGraftSchema>;
export type QaProvenance = z.infer<typeof qaProvenanceSchema>;
export type QaWorklistRow = z.infer<typeof qaWorklistRowSchema>;
