import { z } from 'zod';
import { ADAPTERS, ARTIFACT_KINDS, OUTCOME_ORIGINS, OUTCOME_STATES, ROLES, VERDICT_WORDS } from './vocabulary.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');

/** One function call an assistant asked for. `arguments` is the JSON text as the model wrote it. */
export const toolCallSchema = z.strictObject({ id: z.string(), name: z.string(), arguments: z.string() });

/** One turn. `tool_call_id` names the call a `tool` turn answers. */
export const messageSchema = z.strictObject({
  role: z.enum(ROLES),
  content: z.string(),
  tool_calls: z.array(toolCallSchema).optional(),
  tool_call_id: z.string().optional(),
  name: z.string().optional(),
});

/** What the attempt left behind besides words: a patch, an answer, a command, a file, a comment. */
export const artifactSchema = z.strictObject({ kind: z.enum(ARTIFACT_KINDS), text: z.string(), path: z.string().optional() });

/** Where a record stands in its file: a line (0-based), a JSON pointer, a member of an archive, or a combination. */
export const locatorSchema = z.strictObject({
  line: z.number().int().nonnegative().optional(),
  pointer: z.string().optional(),
  member: z.string().optional(),
});

export const provenanceSchema = z.strictObject({
  source_file: z.string(),
  locator: locatorSchema,
  /** 0-based line of the file at which the record begins. */
  line_offset: z.number().int().nonnegative(),
  sig_hash: sha256Hex,
  recorded_at: z.string(),
  recorded_at_from: z.enum(['record', 'file']),
});

export const judgementSchema = z.strictObject({ by: z.string(), verdict: z.enum(VERDICT_WORDS), value: z.number().optional() });

/** Everything the source says about quality, unweighed. Proxies (lint clean, "submitted") are never truth. */
export const signalsSchema = z.strictObject({
  human: z.array(judgementSchema),
  judges: z.array(judgementSchema),
  tests: z.strictObject({ passed: z.boolean(), detail: z.string().optional() }).optional(),
  reward: z.number().optional(),
  exit_status: z.string().optional(),
  error: z.string().optional(),
  cancelled: z.boolean(),
  truncated: z.boolean(),
  proxies: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export const usageSchema = z.strictObject({
  prompt_tokens: z.number().int().nonnegative().optional(),
  completion_tokens: z.number().int().nonnegative().optional(),
  cost_usd: z.number().nonnegative().optional(),
  latency_ms: z.number().nonnegative().optional(),
});

/** `evidence/1`: one normalized record per attempt at a task. */
export const evidenceSchema = z.strictObject({
  /** sha256 of (adapter, sig_hash, branch path). */
  id: sha256Hex,
  source: z.string(),
  adapter: z.enum(ADAPTERS),
  provenance: provenanceSchema,
  /** UTC day of the record's own time, `YYYY-MM-DD`, or `undated`. */
  day: z.string().regex(/^(\d{4}-\d{2}-\d{2}|undated)$/),
  task: z.strictObject({ key: z.string(), id: z.string().nullable(), text: z.string(), hash: sha256Hex }),
  messages: z.array(messageSchema),
  tools: z.array(z.unknown()).optional(),
  artifacts: z.array(artifactSchema),
  outcome: z.strictObject({ state: z.enum(OUTCOME_STATES), value: z.number().nullable(), from: z.enum(OUTCOME_ORIGINS) }),
  signals: signalsSchema,
  model: z.string().nullable(),
  provider: z.string().nullable(),
  usage: usageSchema,
  /** 1-based number of this attempt within its trial, where the source counts them. */
  attempt: z.number().int().nullable(),
  trial: z.number().int().nullable(),
  /** Id in the source's own terms of the session this one belongs to. */
  parent_id: z.string().nullable(),
  origin: z.enum(['external', 'replay']),
  generation: z.number().int().nonnegative(),
  redactions: z.record(z.string(), z.number().int().positive()),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type Message = z.infer<typeof messageSchema>;
export type ToolCall = z.infer<typeof toolCallSchema>;
export type Artifact = z.infer<typeof artifactSchema>;
export type Locator = z.infer<typeof locatorSchema>;
export type Provenance = z.infer<typeof provenanceSchema>;
export type Judgement = z.infer<typeof judgementSchema>;
export type Signals = z.infer<typeof signalsSchema>;
export type Usage = z.infer<typeof usageSchema>;
