import { z } from 'zod';
import { toolCallSchema } from './evidence.ts';
import { FORM_REFUSALS, SPLITS, type FormRefusal } from './vocabulary.ts';

/** A JSON Schema, or another object whose fields are the source's own. */
const anyObject = z.record(z.string(), z.unknown());

const functionToolSchema = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: anyObject.optional(),
    strict: z.boolean().optional(),
  }),
});

const openaiName = z.string().regex(/^[\w-]{1,64}$/);
const openaiCallSchema = z.strictObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.strictObject({ name: openaiName, arguments: z.string().describe('JSON text') }),
});
const openaiTurn = z.union([
  z.strictObject({ role: z.enum(['system', 'user']), content: z.string().min(1), name: openaiName.optional() }),
  z.strictObject({ role: z.literal('tool'), content: z.string(), tool_call_id: z.string() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.string().min(1),
    tool_calls: z.array(openaiCallSchema).min(1).optional(),
    name: openaiName.optional(),
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.string().nullable(),
    tool_calls: z.array(openaiCallSchema).min(1),
    name: openaiName.optional(),
  }),
]);
const openaiTools = z.array(functionToolSchema).min(1).max(128).optional();
const openaiAnswer = z.array(z.strictObject({ role: z.literal('assistant'), content: z.string().min(1) })).length(1);

/** A line of `sft/openai/<split>.jsonl`. */
export const openaiRowSchema = z
  .strictObject({ messages: z.array(openaiTurn).min(2), tools: openaiTools })
  .meta({ title: 'OpenAI chat fine-tuning', description: 'One conversation; the last turn is the assistant.' });

/** A line of `preference/openai/<split>.jsonl`. */
export const openaiPairSchema = z
  .strictObject({
    input: z.strictObject({ messages: z.array(openaiTurn).min(1), tools: openaiTools }),
    preferred_output: openaiAnswer,
    non_preferred_output: openaiAnswer,
  })
  .meta({ title: 'OpenAI preference fine-tuning', description: 'A prompt with a better and a worse answer of one turn each.' });

const trlTurn = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.string(),
  tool_calls: z
    .array(
      z.strictObject({
        id: toolCallSchema.shape.id,
        type: z.literal('function'),
        function: z.strictObject({ name: z.string(), arguments: anyObject }),
      }),
    )
    .min(1)
    .optional(),
  tool_call_id: z.string().optional(),
  name: z.string().optional(),
});
const trlTurns = z.array(trlTurn).min(1);
const wayBack = z.string().describe('`lauter trace` takes it back to the line of the source.');

/** A line of `sft/trl/<split>.jsonl`. */
export const trlRowSchema = z
  .strictObject({ id: wayBack, messages: trlTurns, tools: z.array(functionToolSchema).min(1).nullable() })
  .meta({ title: 'TRL, conversational language modelling', description: 'One conversation with the tools on offer.' });

/** A line of `preference/trl/<split>.jsonl`. */
export const trlPairSchema = z
  .strictObject({ id: wayBack, prompt: trlTurns, chosen: trlTurns, rejected: trlTurns })
  .meta({ title: 'TRL, conversational preference', description: 'A prompt with a better and a worse continuation.' });

/** A line of `preference/unpaired/<split>.jsonl`. */
export const unpairedRowSchema = z
  .strictObject({ id: wayBack, pair_id: wayBack, prompt: trlTurns, completion: trlTurns, label: z.boolean() })
  .meta({ title: 'TRL, conversational unpaired preference', description: 'A prompt with one continuation and whether it is a good one.' });

/** A line of `sft/sharegpt/<split>.jsonl`. */
export const sharegptRowSchema = z
  .strictObject({
    id: wayBack,
    conversations: z
      .array(z.strictObject({ from: z.enum(['system', 'human', 'gpt', 'function_call', 'observation']), value: z.string() }))
      .min(2),
    tools: z.string().describe('JSON text of a list of functions; empty where there are none'),
  })
  .meta({ title: 'ShareGPT', description: 'One conversation whose sides take turns.' });

/** A line of `<set>/<form>.index.jsonl`: where a row of the set stands in the form, or why it does not. */
export const formIndexRowSchema = z
  .strictObject({
    /** Id of the row in the set; for an unpaired answer, of its pair. */
    id: z.string(),
    side: z.enum(['chosen', 'rejected']).nullable(),
    split: z.enum(SPLITS),
    /** 0-based line of the split's file. */
    line: z.number().int().nonnegative().nullable(),
    /** Turns at the end that the form does not have. */
    cut_turns: z.number().int().nonnegative(),
    left_out: z.enum(Object.keys(FORM_REFUSALS) as [FormRefusal, ...FormRefusal[]]).nullable(),
    detail: z.string().nullable(),
  })
  .meta({ title: 'Index of a form', description: 'Every row of the set with its line in the form, or the reason why it has none.' });

export type FormIndexRow = z.infer<typeof formIndexRowSchema>;
