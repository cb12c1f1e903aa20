import { describe, expect, it } from 'vitest';
import { langfuse } from '../../../adapters/sources/langfuse.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const cafe = fixture('langfuse', 'cafe.jsonl');
const bakery = fixture('langfuse', 'bakery-page.json');
const counter = fixture('langfuse', 'counter.json');

describeAdapter(langfuse, { samples: [cafe, bakery, counter], foreign: foreignTo('langfuse') });

describe('langfuse, a trace with steps', () => {
  const [cake, masked, soup] = evidenceIn(langfuse, cafe);

  it('says every turn once, in order of time, without what evaluators ask models', () => {
    expect(cake?.messages).toEqual([
      { role: 'system', content: 'You help at the counter of the harbour cafe.' },
      { role: 'user', content: 'Is the lemon cake free of nuts?' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'call_cake', name: 'read_recipe', arguments: '{"cake": "lemon"}' }] },
      { role: 'tool', content: 'flour, lemon, eggs, butter', tool_call_id: 'call_cake' },
      { role: 'assistant', content: 'Yes, it holds no nuts.' },
    ]);
    expect(cake?.tools).toEqual([{ type: 'function', function: { name: 'read_recipe' } }]);
    expect(cake?.signals.proxies).not.toHaveProperty('side_conversations');
  });

  it('hears a person on correctness, an evaluator on anything, and neither on a single step', () => {
    expect(cake?.signals).toMatchObject({
      human: [{ by: 'correctness', verdict: 'yes', value: 1 }],
      judges: [{ by: 'helpfulness', verdict: 'partial', value: 0.9 }],
      proxies: { 'score.tone': 0, 'score.recipe-match': 0 },
    });
    expect(cake?.outcome).toEqual({ state: 'success', value: 1, from: 'human' });
  });

  it('sums tokens of every kind, costs and time', () => {
    expect(cake?.usage).toEqual({ prompt_tokens: 70 + 20 + 50, completion_tokens: 9 + 11, cost_usd: 0.0031, latency_ms: 2500 });
    expect(cake).toMatchObject({
      model: 'counter-large',
      provider: null,
      recordedAt: '2026-05-04T07:30:00.000Z',
      parent_id: 'morning-shift',
    });
  });

  it('does not take a mask for a text', () => {
    expect(masked).toMatchObject({ messages: [], task: { id: 'tr-mask', text: '' }, signals: { proxies: { masked_fields: 3 } } });
  });

  it('knows errors, answers that were cut short and words of a category', () => {
    expect(soup?.signals).toMatchObject({
      error: 'the kitchen printer is out of paper',
      truncated: true,
      human: [{ by: 'quality', verdict: 'no', value: 0 }],
    });
    expect(soup?.messages).toEqual([
      { role: 'user', content: 'What soup is there today?' },
      { role: 'assistant', content: 'Leek soup, and after that' },
    ]);
  });

  it('signs the trace as it stands in the file', () => {
    const [line = ''] = cafe.text.split('\n');
    expect(cake?.signed).toEqual(JSON.parse(line));
    expect([cake?.line, soup?.line]).toEqual([0, 2]);
  });
});

describe('langfuse, a page of the API', () => {
  const [bread, flour] = evidenceIn(langfuse, bakery);

  it('holds a record for each trace, with its place', () => {
    expect([bread?.locator, flour?.locator]).toEqual([{ pointer: '/data/0' }, { pointer: '/data/1' }]);
  });

  it('is read in the names of the older schema too', () => {
    expect(bread?.usage).toEqual({ prompt_tokens: 12, completion_tokens: 3, cost_usd: 0.0004, latency_ms: 1250 });
    expect(bread?.signals.judges).toEqual([
      { by: 'accuracy', verdict: 'yes', value: 1 },
      { by: 'conciseness', verdict: 'yes', value: 1 },
    ]);
  });

  it('falls back on input and output of the trace where it names its steps by ids alone', () => {
    expect(flour).toMatchObject({
      messages: [{ content: 'Which flour is left?' }, { content: 'Spelt, two sacks.' }],
      signals: { human: [], judges: [] },
    });
  });
});

describe('langfuse, options', () => {
  it('say whose word the scores of the API are', () => {
    const second = (options: JsonObject) => evidenceIn(langfuse, { ...cafe, options })[1];
    expect(second({})?.signals.judges).toEqual([{ by: 'user-feedback', verdict: 'no', value: 0 }]);
    expect(second({ api_scores: 'human' })?.signals).toMatchObject({ human: [{ verdict: 'no' }], judges: [] });
    expect(second({ scores: { 'user-feedback': 'reward' } })?.signals.reward).toBe(0);
  });

  it('let a score of any name count, and set its marks', () => {
    const [cake] = evidenceIn(langfuse, { ...cafe, options: { scores: { helpfulness: { pass: 0.8 }, tone: 'human' } } });
    expect(cake?.signals.judges).toEqual([{ by: 'helpfulness', verdict: 'yes', value: 0.9 }]);
    expect(cake?.signals.human.map(({ by, verdict }) => [by, verdict])).toEqual([
      ['correctness', 'yes'],
      ['tone', 'no'],
    ]);
  });

  it('name the task', () => {
    expect(evidenceIn(langfuse, { ...cafe, options: { task_id_metadata: 'order' } })[0]?.task.id).toBe('A-12');
  });

  it('that it does not know are an error of the config', () => {
    expect(() => evidenceIn(langfuse, { ...cafe, options: { api_score: 'human' } })).toThrow(ConfigError);
  });
});

describe('langfuse, inputs and outputs of many shapes', () => {
  it.each<[string, JsonValue, JsonValue, unknown[]]>([
    ['plain texts', 'Is it open?', 'From six.', [{ content: 'Is it open?' }, { content: 'From six.' }]],
    [
      'JSON as text',
      '[{"role":"user","content":"Is it open?"}]',
      '{"role":"assistant","content":"From six."}',
      [{ content: 'Is it open?' }, { content: 'From six.' }],
    ],
    [
      'an answer of the API',
      { messages: [{ role: 'user', content: 'Is it open?' }] },
      { choices: [{ message: { role: 'assistant', content: 'From six.' } }] },
      [{}, { content: 'From six.' }],
    ],
    [
      'other names of roles',
      [{ role: 'human', content: 'Is it open?' }],
      { role: 'model', content: 'From six.' },
      [{ role: 'user' }, { role: 'assistant' }],
    ],
    [
      'objects that are no turns',
      { question: 'Is it open?' },
      { answer: 'From six.' },
      [{ content: '{"question":"Is it open?"}' }, { content: '{"answer":"From six."}' }],
    ],
    [
      'blocks that call tools',
      [
        { role: 'user', content: 'Is it open?' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Look.' },
            { type: 'tool_use', id: 'c', name: 'look', input: { door: 1 } },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'light on' }] },
      ],
      'Yes.',
      [
        {},
        { tool_calls: [{ id: 'c', name: 'look', arguments: '{"door":1}' }] },
        { role: 'tool', content: 'light on', tool_call_id: 'c' },
        { content: 'Yes.' },
      ],
    ],
    [
      'calls with args',
      'Is it open?',
      { role: 'assistant', content: '', tool_calls: [{ id: 'c', name: 'look', args: { door: 1 } }] },
      [{}, { tool_calls: [{ arguments: '{"door":1}' }] }],
    ],
    ['masks of other kinds', '[MASKED]', '***', []],
    ['words that only speak of masks', 'Where is the <masked ball>?', 'At ten.', [{ content: 'Where is the <masked ball>?' }, {}]],
  ])('%s', (_what, input, output, messages) => {
    expect(one({ observations: [{ id: 'o', type: 'GENERATION', startTime: '2026-05-04T07:00:00Z', input, output }] })).toMatchObject([
      { messages },
    ]);
  });

  it('takes the result of a tool from its step where the messages lack it', () => {
    const asked = { role: 'assistant', content: null, tool_calls: [{ id: 'c', function: { name: 'look', arguments: '{}' } }] };
    const observations = [
      { id: 'a', type: 'GENERATION', startTime: '2026-05-04T07:00:00Z', input: 'Is it open?', output: asked },
      { id: 'b', type: 'TOOL', startTime: '2026-05-04T07:00:01Z', name: 'look', output: { light: 'on' } },
    ];
    expect(one({ observations })).toMatchObject([{ messages: [{}, {}, { role: 'tool', content: '{"light":"on"}', tool_call_id: 'c' }] }]);
  });

  it('does not take an error that was made good for the end', () => {
    const observations = [
      { id: 'a', type: 'SPAN', startTime: '2026-05-04T07:00:00Z' },
      { id: 'b', type: 'TOOL', parentObservationId: 'a', startTime: '2026-05-04T07:00:01Z', level: 'ERROR', statusMessage: 'no door' },
      { id: 'c', type: 'GENERATION', parentObservationId: 'a', startTime: '2026-05-04T07:00:02Z', input: 'Is it open?', output: 'Yes.' },
    ];
    const [draft] = one({ observations });
    expect(draft).toMatchObject({ signals: { proxies: { errored_observations: 1 } } });
    expect(draft).not.toHaveProperty('signals.error');
  });
});

describe('langfuse refuses', () => {
  it.each<[string, JsonObject, string]>([
    ['a trace without an id', { id: 7 }, 'id: expected text, found 7'],
    ['observations that are no list', { observations: 'many' }, 'observations: expected a list'],
    ['an observation without an id', { observations: [{ type: 'SPAN' }] }, 'observations[0]: expected an object with an id'],
    ['a score without a name', { scores: [{ value: 1 }] }, 'scores[0]: expected an object with a name'],
    [
      'turns of no known role',
      { observations: [{ id: 'o', type: 'GENERATION', input: [{ role: 'parrot', content: 'Land!' }] }] },
      'observation o, input[0].role: expected system, developer, user, assistant, tool or function, found "parrot"',
    ],
  ])('%s', (_what, parts, detail) => {
    expect(one(parts)).toEqual([{ refused: 'missing_field', detail, locator: { line: 4 }, line: 4 }]);
  });

  it('what is no trace', () => {
    const [draft] = langfuse.normalize({ value: 42, locator: { line: 4 }, line: 4 }, { path: 'cafe.jsonl', options: {} });
    expect(draft).toMatchObject({ refused: 'not_an_object', detail: 'trace: expected an object, found 42' });
  });
});

describe('langfuse detects', () => {
  it('lines, arrays, pages and single traces', () => {
    expect(langfuse.detect(sampleOf(cafe.text, 'x'))).toMatchObject({ layout: 'lines', confidence: 0.95 });
    expect(langfuse.detect(sampleOf(counter.text, 'x'))).toMatchObject({ layout: 'elements' });
    expect(langfuse.detect(sampleOf(bakery.text, 'x'))).toMatchObject({ layout: 'document' });
    const [line = ''] = cafe.text.split('\n');
    expect(langfuse.detect(sampleOf(JSON.stringify(JSON.parse(line), null, 2), 'x'))).toMatchObject({ layout: 'document' });
  });
});

/** What a trace with these parts comes to. */
function one(parts: JsonObject) {
  const value = { id: 'tr', timestamp: '2026-05-04T07:00:00.000Z', observations: [], scores: [], ...parts };
  return langfuse.normalize({ value, locator: { line: 4 }, line: 4 }, { path: 'cafe.jsonl', options: {} });
}
