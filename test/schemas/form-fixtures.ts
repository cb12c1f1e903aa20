import { fixtureOf, SHA256, type SchemaFixture } from './fixture.ts';

const asked = { role: 'user', content: 'When is low tide?' };
const said = { role: 'assistant', content: 'At 6:40.' };
const textCall = { id: 'call-1', type: 'function', function: { name: 'tide_table', arguments: '{"day":2}' } };
const parsedCall = { id: 'call-1', type: 'function', function: { name: 'tide_table', arguments: { day: 2 } } };
const tools = [{ type: 'function', function: { name: 'tide_table', description: 'Tides of a day.', parameters: { type: 'object' } } }];
const openai = { messages: [asked, { role: 'assistant', content: null, tool_calls: [textCall] }], tools };
const index = { id: SHA256, side: null, split: 'train', line: 0, cut_turns: 1, left_out: null, detail: null };
const source = { name: 'desk', adapter: 'openai-chat', files: 1, records: 8, evidence: 7, quarantined: 1, license: 'CC-BY-4.0' };
const set = {
  set: 'sft',
  rows: 3,
  content_digest: SHA256,
  splits: { train: 2, validation: 0, test: 1 },
  file: 'sft/instruction_response',
  formats: ['jsonl', 'arrow'],
  tokens: {
    total: 21,
    classes: [
      { up_to: 128, rows: 3 },
      { up_to: null, rows: 0 },
    ],
  },
};

/** The forms that trainers ask for, and what the dataset card says. */
export const FORM_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  openaiRowSchema: fixtureOf(
    openai,
    {
      'a developer': { messages: [{ role: 'developer', content: 'Be brief.' }, said] },
      'arguments that were parsed': { messages: [asked, { role: 'assistant', content: null, tool_calls: [parsedCall] }] },
      'nothing said and nothing called': { messages: [asked, { role: 'assistant', content: null }] },
      'one turn': { messages: [asked] },
      'a name with a space': { messages: [{ ...asked, name: 'harbour master' }, said] },
    },
    { optional: ['tools'], accepts: [{ messages: [asked, said] }] },
  ),
  openaiPairSchema: fixtureOf(
    { input: { messages: [asked], tools }, preferred_output: [said], non_preferred_output: [{ ...said, content: 'At noon.' }] },
    { 'two turns for an answer': { preferred_output: [said, said] }, 'an answer of the user': { preferred_output: [asked] } },
  ),
  trlRowSchema: fixtureOf(
    {
      id: SHA256,
      messages: [
        asked,
        { ...said, tool_calls: [parsedCall] },
        { role: 'tool', content: '06:40', tool_call_id: 'call-1', name: 'tide_table' },
      ],
      tools,
    },
    { 'arguments as text': { messages: [asked, { ...said, tool_calls: [textCall] }] }, 'an empty list of tools': { tools: [] } },
    { accepts: [{ tools: null }] },
  ),
  trlPairSchema: fixtureOf({ id: 'p1', prompt: [asked], chosen: [said], rejected: [said] }, { 'no answer': { rejected: [] } }),
  unpairedRowSchema: fixtureOf(
    { id: 'a', pair_id: 'p1', prompt: [asked], completion: [said], label: false },
    { 'a label in numbers': { label: 0 } },
  ),
  sharegptRowSchema: fixtureOf(
    {
      id: 'a',
      conversations: [
        { from: 'human', value: 'When is low tide?' },
        { from: 'gpt', value: 'At 6:40.' },
      ],
      tools: '',
    },
    {
      'a side nobody knows': {
        conversations: [
          { from: 'user', value: 'When?' },
          { from: 'gpt', value: 'At 6:40.' },
        ],
      },
    },
  ),
  formIndexRowSchema: fixtureOf(
    index,
    { 'a line before the first': { line: -1 }, 'a reason outside the list': { left_out: 'mood' }, 'a third side': { side: 'middle' } },
    { accepts: [{ side: 'chosen', line: null, cut_turns: 0, left_out: 'both_sides', detail: 'attempt a' }] },
  ),
  cardFactsSchema: fixtureOf(
    {
      schema: 'card-facts/1',
      run_id: 'run-1',
      verdict: 'accepted',
      sources: [source],
      categories: { accepted: 3, partially_accepted: 2, rejected: 2, needs_human_review: 1 },
      redactions: { email: 1 },
      sets: [set],
      forms: [{ name: 'sft/trl', split: 'train', file: 'sft/trl/train.jsonl', rows: 2 }],
      decontamination: { sets: [{ name: 'harbour exam', rows: 40 }], checked: 6, hits: 1, rate: 1 / 6, limit: 0.2 },
    },
    {
      'another version': { schema: 'card-facts/2' },
      'a rate above 1': { decontamination: { sets: [], checked: 1, hits: 2, rate: 2, limit: 0 } },
      'a source without a word on its license': { sources: [{ ...source, license: undefined }] },
      'a split too few': { sets: [{ ...set, splits: { train: 3 } }] },
    },
    { accepts: [{ decontamination: null, sources: [{ ...source, license: null }], sets: [{ ...set, tokens: null }] }] },
  ),
};
