import { z } from 'zod';
import { ADAPTERS, CATEGORIES, QUARANTINE_REASONS, type QuarantineReason } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const place = { line: count.optional(), pointer: z.string().optional(), member: z.string().optional() };

/** What a record says of its own quality, in one word: truth that agrees, truth that contradicts itself, an opinion, or nothing that counts. */
const truth = z.enum(['yes', 'partly', 'no', 'disputed', 'opinion', 'none']);

/** An attempt that stands in a file of the fixture; `parts` are the values that are signed together, where it is not the one in its place. */
export const plantedAttemptSchema = z.strictObject({
  ...place,
  truth,
  category: z.enum(CATEGORIES),
  traps: z.array(z.string()).optional(),
  model: z.string().optional(),
  parts: z.array(z.strictObject(place)).optional(),
  pull_request: z.string().optional(),
  is_duplicate: z.boolean().optional(),
  near_copies: z.string().optional(),
});

/** A file of the fixture. `records` counts attempts and refused records together. */
export const plantedFileSchema = z.strictObject({
  file: z.string(),
  source: z.string(),
  records: count,
  refused: z.partialRecord(z.enum(Object.keys(QUARANTINE_REASONS) as [QuarantineReason, ...QuarantineReason[]]), count),
  attempts: z.array(plantedAttemptSchema),
});

/** `acceptance-planted/1`: what stands where in the acceptance fixture. The text of a secret is its joined parts. */
export const acceptancePlantedSchema = z.strictObject({
  schema: z.literal('acceptance-planted/1'),
  sources: z.array(z.strictObject({ name: z.string(), adapter: z.enum(ADAPTERS), is_labelled: z.boolean() })),
  files: z.array(plantedFileSchema),
  secrets: z.array(z.strictObject({ kind: z.string(), where: z.string(), parts: z.array(z.string()) })),
});

export type Planted = z.infer<typeof acceptancePlantedSchema>;
export type PlantedFile = z.infer<typeof plantedFileSchema>;
export type PlantedAttempt = z.infer<typeof plantedAttemptSchema>;
