import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { inspect } from '../../../adapters/sources/inspect.ts';
import type { EvidenceDraft } from '../../../adapters/sources/source-adapter.ts';
import { scoreEvidence } from '../../../domain/score/index.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn, outputText } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const quiz = fixture('inspect', 'orchard-quiz.json');
const frost = fixture('inspect', 'frost-watch.json');
const night = fixture('inspect', 'press-night.json');
const empty = fixture('inspect', 'empty-basket.json');

describeAdapter(inspect, { samples: [quiz, frost, night, empty], foreign: foreignTo('inspect') });

const HEADER: JsonObject = {
  version: 2,
  status: 'success',
  eval: { task: 'orchard', model: 'meadow/pippin-2', created: '2026-04-11T06:30:00Z' },
};
const ASKED: JsonObject = { role: 'user', content: 'Which tree bears first?', source: 'input' };

/** A sample that says little, with these fields. */
function sampleWith(fields: JsonObject): JsonObject {
  const answer = { role: 'assistant', content: 'The plum.', source: 'generate' };
  return { id: 1, epoch: 1, input: 'Which tree bears first?', target: 'plum', messages: [ASKED, answer], ...fields };
}

function draftOf(fields: JsonObject, header: JsonObject = HEADER): EvidenceDraft {
  const [draft] = inspect.normalize(recordOf(sampleWith(fields), header), { path: 'orchard.eval', options: {} });
  if (draft === undefined || 'refused' in draft) throw new Error(`expected evidence, found ${JSON.stringify(draft)}`);
  return draft;
}

function recordOf(value: JsonValue, header: JsonObject) {
  return { value, header, locator: { pointer: '/samples/4' }, line: 70 };
}

const categoryOf = (draft: EvidenceDraft): string => scoreEvidence(draft, { partialMin: 0.5 }).category;

describe('a log of the newer generation', () => {
  const [right, wrong, pictured] = evidenceIn(inspect, quiz);

  it('takes the truth from a scorer that compares', () => {
    expect(right?.outcome).toEqual({ state: 'success', value: 1, from: 'reward' });
    expect(right?.signals).toEqual({ human: [], judges: [], reward: 1, cancelled: false, truncated: false, proxies: {} });
    expect(wrong?.outcome).toEqual({ state: 'failure', value: 0, from: 'reward' });
    expect([right, wrong, pictured].map((draft) => categoryOf(draft!))).toEqual(['accepted', 'rejected', 'accepted']);
  });

  it('has epochs as trials of one task', () => {
    const hash = createHash('sha256').update('Which apple of the north wall keeps longest: Pippin or Russet?').digest('hex').slice(0, 8);
    expect(right?.task.key).toBe(`inspect/orchard_quiz/1/${hash}`);
    expect(wrong?.task).toEqual(right?.task);
    expect([right?.trial, wrong?.trial]).toEqual([1, 2]);
    expect([right?.attempt, wrong?.attempt]).toEqual([1, 2]);
  });

  it('puts texts in the place of references and names images', () => {
    expect(right?.messages[0]).toEqual({
      role: 'system',
      content: 'You keep the almanac of a small orchard. Answer with one word, without a full stop, and never with a sentence.',
    });
    expect(pictured?.messages).toEqual([
      { role: 'user', content: 'What grows at the foot of the ladder in this picture?\n[image]' },
      { role: 'assistant', content: 'sage' },
    ]);
    expect(pictured?.signals.proxies).toEqual({ thinking_blocks: 1 });
    expect(pictured?.task.text).toBe('What grows at the foot of the ladder in this picture?\n[image]');
  });

  it('knows the model that answered, its provider, what it used and when', () => {
    expect(right).toMatchObject({ model: 'pippin-2-0401', provider: 'meadow', recordedAt: '2026-04-11T06:30:05.250Z' });
    expect(right?.usage).toEqual({ prompt_tokens: 41, completion_tokens: 3, latency_ms: 413 });
  });

  it('signs the sample as it was read, references and all', () => {
    expect(JSON.stringify(right?.signed)).toContain('attachment://');
    expect(right?.signed).toEqual((JSON.parse(quiz.text) as { samples: JsonValue[] }).samples[0]);
  });

  it('lets neither target nor metadata out', () => {
    expect(outputText(pictured!)).not.toContain('salvia');
    expect(outputText(right!)).not.toContain('shelf');
  });
});

describe('a log of the older generation', () => {
  const [dawn, noon] = evidenceIn(inspect, frost);

  it('reads both forms of tool calls, and what the tools answered', () => {
    expect(dawn?.messages.slice(1, 5)).toEqual([
      { role: 'assistant', content: '', tool_calls: [{ id: 'call_1', name: 'frost_report', arguments: '{"station":"valley"}' }] },
      {
        role: 'tool',
        content: 'The frost report of the valley station, as it was read at dawn: clear sky, no wind, two degrees below zero.',
        tool_call_id: 'call_1',
        name: 'frost_report',
      },
      { role: 'assistant', content: '', tool_calls: [{ id: 'call_2', name: 'ring_bell', arguments: '{"times":3}' }] },
      { role: 'tool', content: 'Error: the bell rope is torn', tool_call_id: 'call_2', name: 'ring_bell' },
    ]);
    expect(dawn?.signals.proxies).toEqual({ tool_errors: 1, parse_errors: 1 });
    expect(dawn?.tools).toEqual([
      {
        type: 'function',
        function: {
          name: 'frost_report',
          description: 'Reads a station.',
          parameters: { type: 'object', properties: { station: { type: 'string' } } },
        },
      },
      {
        type: 'function',
        function: { name: 'ring_bell', description: 'Rings the yard bell.', parameters: { type: 'object', properties: {} } },
      },
    ]);
  });

  it('hears the one score without a name as that of the one scorer', () => {
    expect([dawn, noon].map((draft) => draft?.outcome.value)).toEqual([1, 0]);
    expect([dawn, noon].map((draft) => categoryOf(draft!))).toEqual(['accepted', 'rejected']);
    expect(noon?.signals.truncated).toBe(true);
  });

  it('has the time of its first event, or of the evaluation', () => {
    expect([dawn?.recordedAt, noon?.recordedAt]).toEqual(['2024-05-02T05:10:01.000Z', '2024-05-02T05:10:00.000Z']);
    expect(dawn).toMatchObject({ model: 'pippin-1', provider: null, attempt: null });
    expect(dawn?.usage).toEqual({ prompt_tokens: 120, completion_tokens: 31 });
  });
});

describe('how the log and the sample ended', () => {
  test('a scored sample of a cancelled log waits for review', () => {
    const [draft] = evidenceIn(inspect, night);
    expect(draft).toMatchObject({ outcome: { value: 1 }, signals: { cancelled: true } });
    expect(categoryOf(draft!)).toBe('needs_human_review');
  });

  const scored: JsonObject = { scores: { match: { value: 'C' } } };
  test.each<[string, JsonObject, JsonObject, string]>([
    [
      'an error of the log',
      {},
      { ...HEADER, status: 'error', error: { message: 'the well is dry' } },
      'the log ended with an error: the well is dry',
    ],
    ['a log without an end', {}, { ...HEADER, status: 'started' }, 'the log does not say that it ended'],
    ['a log without a status', {}, { eval: HEADER.eval! }, 'the log does not say that it ended'],
    ['an error of the sample', { error: { message: 'the ladder broke' } }, HEADER, 'the ladder broke'],
    ['an error in words', { error: 'the ladder broke' }, HEADER, 'the ladder broke'],
    [
      'a sample that was declared invalid',
      { invalidation: { author: 'warden', reason: 'wrong tree' } },
      HEADER,
      'the sample was declared invalid: wrong tree',
    ],
  ])('%s stands in the signals and waits for review', (_name, fields, header, error) => {
    const draft = draftOf({ ...scored, ...fields }, header);
    expect(draft.signals.error).toBe(error);
    expect(categoryOf(draft)).toBe('needs_human_review');
  });

  test('a limit cuts, an operator cancels', () => {
    expect(draftOf({ limit: { type: 'token', limit: 500 } }).signals).toMatchObject({
      truncated: true,
      cancelled: false,
      exit_status: 'limit: token',
    });
    expect(draftOf({ limit: { type: 'operator', limit: 1 } }).signals).toMatchObject({ truncated: false, cancelled: true });
  });

  test('a sample without scores is not known', () => {
    const draft = draftOf({ scores: {} });
    expect(draft.outcome).toEqual({ state: 'unknown', value: null, from: 'none' });
    expect(categoryOf(draft)).toBe('needs_human_review');
  });

  test('the same sample in the log that broke off and in its retry are two records', () => {
    const cancelled = draftOf(scored, { ...HEADER, status: 'cancelled' });
    const retried = draftOf(scored);
    expect(cancelled.signed).toEqual(retried.signed);
    expect(cancelled.branch).not.toBe(retried.branch);
  });
});

describe('turns that are not where they belong', () => {
  const call = {
    event: 'model',
    input: [],
    input_refs: [[1, 3]],
    output: { choices: [{ message: { role: 'assistant', content: 'The cherry.' } }] },
  };
  const pool = [{ role: 'user', content: 'Not this one.' }, { role: 'system', content: 'Be brief.' }, ASKED];
  const told = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Which tree bears first?' },
    { role: 'assistant', content: 'The cherry.' },
  ];

  test.each<[string, JsonObject]>([
    ['a pool of messages', { message_pool: pool }],
    ['the pool of newer logs', { events_data: { messages: pool, calls: [] } }],
  ])('%s gives what the last call of the model saw', (_name, where) => {
    expect(draftOf({ messages: [], events: [call], ...where }).messages).toEqual(told);
  });

  test('a call made by a scorer is no part of the attempt', () => {
    const events = [call, { event: 'span_begin', type: 'scorer', name: 'judge' }, { ...call, input_refs: [[0, 1]] }];
    expect(draftOf({ messages: [], events, message_pool: pool }).messages).toEqual(told);
  });

  test('without any call there are input and output', () => {
    const output = { choices: [{ message: { role: 'assistant', content: 'The cherry.' } }] };
    expect(draftOf({ messages: [], output }).messages).toEqual(told.slice(1));
    expect(draftOf({ messages: [ASKED], output }).messages).toEqual(told.slice(1));
  });

  test('choices belong to the task', () => {
    expect(draftOf({ choices: ['plum', 'quince'] }).task.text).toBe('Which tree bears first?\n\nA) plum\nB) quince');
  });
});

describe('the target', () => {
  const long = `Plums bear first, in the fourth year; ${'then the cherries, '.repeat(5)}and the pears come last of all.`;
  const answered = (value: string): JsonObject => ({ target: long, messages: [ASKED, { role: 'assistant', content: value }] });

  test('is found again in an answer that is the same long text', () => {
    const draft = draftOf({ ...answered(` ${long}\n`), scores: { verify: { value: 'C' } } });
    expect(draft.signals.proxies).toEqual({ equals_reference: true });
    expect(draftOf({ ...answered(long), target: ['no', long] }).signals.proxies).toEqual({ equals_reference: true });
  });

  test('may be equalled where that is what a scorer asks for, and by a short answer', () => {
    expect(draftOf({ ...answered(long), scores: { exact: { value: 'C' } } }).signals.proxies).toEqual({});
    expect(draftOf({ ...answered('plum'), target: 'plum', scores: { verify: { value: 'C' } } }).signals.proxies).toEqual({});
    expect(draftOf({ ...answered(`${long} I think.`), scores: { verify: { value: 'C' } } }).signals.proxies).toEqual({});
  });
});

describe('what is no sample', () => {
  test.each<[string, JsonValue, JsonObject, string, string]>([
    ['a number', 7, HEADER, 'not_an_object', 'sample: expected an object, found 7'],
    ['a log without a header', sampleWith({}), {}, 'missing_field', 'eval: expected task and model'],
    ['no id', sampleWith({ id: null }), HEADER, 'missing_field', 'id: expected text or a number, found null'],
    ['turns in words', sampleWith({ messages: 'none' }), HEADER, 'missing_field', 'messages: expected an array'],
    ['an unknown role', sampleWith({ messages: [{ role: 'gardener', content: '' }] }), HEADER, 'missing_field', 'messages[0].role'],
    [
      'a reference to nothing',
      sampleWith({ messages: [{ role: 'user', content: 'attachment://0123456789abcdef0123456789abcdef' }] }),
      HEADER,
      'missing_field',
      'attachments: expected the text of 0123456789abcdef0123456789abcdef, found none',
    ],
  ])('%s', (_name, value, header, refused, detail) => {
    expect(inspect.normalize(recordOf(value, header), { path: 'orchard.json', options: {} })).toEqual([
      { refused, detail: expect.stringContaining(detail) as string, locator: { pointer: '/samples/4' }, line: 70 },
    ]);
  });
});

describe('a long log is told by its beginning', () => {
  const filler = ' '.repeat(300 << 10);

  test.each([
    ['header first', `{"version":2,"status":"success","eval":{"task":"orchard","model":"meadow/pippin-2"},${filler}"samples":[]}`],
    ['samples first', `{"samples":[{"id":1,"epoch":1,"target":"plum","input":"?"}],${filler}"eval":{}}`],
  ])('%s', (_name, text) => {
    expect(inspect.detect(sampleOf(text, 'orchard.json'))).toMatchObject({ layout: 'log' });
  });

  test.each([
    '{"version":2,"status":"success","eval":"later"}',
    '{"status":"success","eval":{"task":"orchard"}}',
    '{"eval":{"task":"orchard","model":"m"},"status":"ripe"}',
    `{"note":"\\"status\\":\\"success\\",\\"eval\\":{",${filler}"task":"x"}`,
  ])('%.60s is none', (text) => {
    expect(inspect.detect(sampleOf(text, 'orchard.json'))).toBeUndefined();
  });
});
