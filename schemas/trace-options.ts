import { z } from 'zod';
import { VERDICT_WORDS } from './vocabulary.ts';

/** Whose word a score is: what a human said, a judge's opinion, a test result, a reward from 0 to 1, or nothing that counts. */
const scoreRole = z.enum(['human', 'judge', 'tests', 'reward', 'ignore']);

/** How a score of one name is read: its role, from which value on it says yes, up to which it says no, and what its labels mean. */
const scoreReading = z.strictObject({
  as: scoreRole.optional(),
  pass: z.number().optional(),
  fail: z.number().optional(),
  labels: z.record(z.string(), z.enum(VERDICT_WORDS)).optional(),
});

const scores = z.record(z.string(), z.union([scoreRole, scoreReading])).optional();

/** Options of a source with the adapter `otel-genai`. */
export const otelGenaiOptionsSchema = z.strictObject({
  scores,
  /** Span attribute that holds the id of the task, so that attempts at it are known as such. */
  task_id_attribute: z.string().optional(),
  /** What becomes of traces in which no model was called: refused, so that they are counted, or passed over. */
  other_traces: z.enum(['refuse', 'skip']).default('refuse'),
});

/** Options of a source with the adapter `langfuse`. */
export const langfuseOptionsSchema = z.strictObject({
  scores,
  /** Whose word the scores are that came in through the API; Langfuse does not know. */
  api_scores: scoreRole.default('judge'),
  /** Key of the trace's metadata that holds the id of the task. */
  task_id_metadata: z.string().optional(),
});

export type ScoreRole = z.infer<typeof scoreRole>;
export type ScoreReadings = Readonly<Record<string, ScoreRole | z.infer<typeof scoreReading>>>;
export type OtelGenaiOptions = z.infer<typeof otelGenaiOptionsSchema>;
export type LangfuseOptions = z.infer<typeof langfuseOptionsSchema>;
