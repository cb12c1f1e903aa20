import { z } from 'zod';

/** `inference-slot/1`: who may call an inference server. The file stays when the slot is free, so that its token goes on growing. */
export const inferenceSlotSchema = z.strictObject({
  schema: z.literal('inference-slot/1'),
  url: z.string().min(1),
  token: z.number().int().positive(),
  /** Workflow id of the work that has it; null while it is free. */
  owner: z.string().min(1).nullable(),
  taken_at: z.iso.datetime(),
  renewed_at: z.iso.datetime(),
});
export type InferenceSlot = z.infer<typeof inferenceSlotSchema>;
