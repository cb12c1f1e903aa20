import type { JsonObject } from '../../shared/json.ts';
import type { FormName } from '../../../schemas/vocabulary.ts';
import type { FormFault } from './form-fault.ts';
import { openaiFaults, openaiPairFaults } from './openai-rules.ts';
import { sharegptFaults } from './sharegpt-rules.ts';
import { trlFaults, trlPairFaults, unpairedFaults } from './trl-rules.ts';

/** What a form asks of its rows: who says so, the columns, the rules in words, and the same rules as a check. */
export interface ColumnRules {
  /** Where the rules are published. */
  readonly origin: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly rules: readonly string[];
  faultsOf(row: JsonObject): FormFault[];
}

const OPENAI_TURNS = [
  'A system or user turn has role, content and at most a name; an assistant turn also tool_calls and weight (0 or 1); a tool turn has role, content and tool_call_id.',
  'Content is text that is not blank; null only where the turn calls tools, blank only as the result of a tool.',
  'A call has an id, the type function, a name of at most 64 letters, digits, underscores and dashes, and arguments as JSON text.',
  'Every call is answered by a tool turn before the next turn, except at the end.',
];
const TRL_TURNS = [
  'A turn has a role (system, user, assistant, tool) and content; an assistant turn may call tools, a tool turn names its call.',
  'A call has the type function, a name, and arguments as a JSON object, not as text: chat templates print it themselves.',
];

/** The rules of every form, in our own words. The README of test/python says how they are tried on the tools themselves. */
export const COLUMN_RULES: Readonly<Record<FormName, ColumnRules>> = {
  'sft/openai': {
    origin: 'OpenAI API reference, FineTuneChatRequestInput; OpenAI Cookbook, "Data preparation and analysis for chat model fine-tuning"',
    columns: { messages: 'list of turns', tools: 'list of function tools; absent where there are none' },
    rules: [
      'A line holds messages, and at most tools and parallel_tool_calls; any other key is refused.',
      ...OPENAI_TURNS,
      'The last turn is the assistant, and there are at most 128 tools.',
    ],
    faultsOf: openaiFaults,
  },
  'sft/trl': {
    origin: 'Hugging Face TRL, documentation "Dataset formats and types" and trl/data_utils.py: conversational language modelling',
    columns: { id: 'text', messages: 'list of turns', tools: 'list of function tools with JSON schemas, or null' },
    rules: [
      'Of the columns messages, prompt, chosen, rejected, completion and label only messages is there.',
      ...TRL_TURNS,
      'tools is null where there are none: some templates print a heading for an empty list.',
    ],
    faultsOf: trlFaults,
  },
  'sft/sharegpt': {
    origin:
      'LLaMA-Factory, data/README.md and src/llamafactory/data/{converter,formatter}.py; read by Axolotl with type chat_template, too',
    columns: { id: 'text', conversations: 'list of {from, value}', tools: 'JSON text of a list of functions, empty where there are none' },
    rules: [
      'A system turn may come first; after it human or observation stand at odd positions, gpt or function_call at even ones, an even number in all.',
      'The value of function_call is JSON: {"name", "arguments"}, or a list of them; with a text before it, it stands between <tool_call> and </tool_call>.',
      'Several results of one turn are a JSON list of texts; several texts of one side are joined by an empty line.',
      'Every function in tools has parameters with properties.',
    ],
    faultsOf: sharegptFaults,
  },
  'preference/openai': {
    origin: 'OpenAI guide "Direct preference optimization"; OpenAI API reference, FineTunePreferenceRequestInput',
    columns: {
      input: '{messages, tools?, parallel_tool_calls?}',
      preferred_output: 'one assistant turn',
      non_preferred_output: 'one assistant turn',
    },
    rules: [
      'A line holds input, preferred_output and non_preferred_output; any other key is refused.',
      ...OPENAI_TURNS,
      'The prompt does not end with the assistant; each output is exactly one assistant turn of text.',
    ],
    faultsOf: openaiPairFaults,
  },
  'preference/trl': {
    origin:
      'Hugging Face TRL, documentation "Dataset formats and types" and trl/data_utils.py: conversational preference with explicit prompt',
    columns: { id: 'text', prompt: 'list of turns', chosen: 'list of turns', rejected: 'list of turns' },
    rules: [
      'Of the columns messages, prompt, chosen, rejected, completion and label exactly prompt, chosen and rejected are there.',
      ...TRL_TURNS,
      'The prompt does not end with a system turn; chosen and rejected begin with the assistant.',
    ],
    faultsOf: trlPairFaults,
  },
  'preference/unpaired': {
    origin: 'Hugging Face TRL, documentation "Dataset formats and types" and trl/data_utils.py: conversational unpaired preference',
    columns: { id: 'text', pair_id: 'text', prompt: 'list of turns', completion: 'list of turns', label: 'true or false' },
    rules: [
      'Of the columns messages, prompt, chosen, rejected, completion and label exactly prompt, completion and label are there.',
      ...TRL_TURNS,
      'The prompt does not end with a system turn; the completion begins with the assistant; label is true or false.',
      'An answer stands once for a prompt, and never with both labels.',
    ],
    faultsOf: unpairedFaults,
  },
};
