import { describe, expect, it } from 'vitest';
import { openaiChat } from '../../../adapters/sources/openai-chat.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const bakery = fixture('openai-chat', 'bakery-night-shift.jsonl');
const harbours = fixture('openai-chat', 'two-harbours.json');
const letter = fixture('openai-chat', 'one-letter.json');

describeAdapter(openaiChat, { samples: [bakery, harbours, letter], foreign: foreignTo('openai-chat') });

describe('openai-chat', () => {
  const [rye, steel, dough, salt, refusal, greeting] = evidenceIn(openaiChat, bakery);

  it('reads the descriptive fields at the top', () => {
    expect(rye?.task).toEqual({ id: 'oven-check', text: 'Is the stone oven hot enough for rye?' });
    expect(rye?.recordedAt).toBe('2025-11-03T01:15:00.000Z');
    expect(rye?.model).toBe('rye-2');
    expect(rye?.usage).toEqual({ prompt_tokens: 212, completion_tokens: 31, cost_usd: 0.002, latency_ms: 840 });
    expect(rye?.tools).toHaveLength(1);
  });

  it('reads them under metadata, too', () => {
    expect(steel?.task.id).toBe('oven-check');
    expect(steel?.recordedAt).toBe('2025-11-03T01:20:00.000Z');
    expect(steel?.model).toBe('rye-1');
    expect(steel?.usage).toEqual({ prompt_tokens: 190, completion_tokens: 22 });
    expect(steel?.outcome).toEqual({ state: 'failure', value: 0, from: 'reward' });
  });

  it('takes a label as the word of a human', () => {
    expect(rye?.signals.human).toEqual([{ by: 'label', verdict: 'yes' }]);
    expect(rye?.outcome).toEqual({ state: 'success', value: 1, from: 'human' });
    expect(refusal?.signals.human).toEqual([{ by: 'label', verdict: 'no' }]);
    expect(refusal?.outcome).toEqual({ state: 'failure', value: 0, from: 'human' });
  });

  it('takes a reward as ground truth, and keeps the label beside it', () => {
    expect(dough?.outcome).toEqual({ state: 'partial', value: 0.75, from: 'reward' });
    expect(dough?.signals.reward).toBe(0.75);
    expect(salt?.outcome).toEqual({ state: 'success', value: 1, from: 'reward' });
    expect(salt?.signals.human).toEqual([{ by: 'label', verdict: 'partial' }]);
  });

  it('knows nothing about a conversation that carries no truth', () => {
    expect(greeting?.outcome).toEqual({ state: 'unknown', value: null, from: 'none' });
    expect(greeting?.recordedAt).toBeNull();
  });

  it('keeps arguments that are text as they are, and writes those that are objects as text', () => {
    expect(rye?.messages[2]?.tool_calls).toEqual([{ id: 'call_1', name: 'oven_status', arguments: '{"oven": "stone"}' }]);
    expect(rye?.messages[3]).toEqual({ role: 'tool', content: '252', tool_call_id: 'call_1' });
    expect(steel?.messages[2]?.tool_calls?.[0]?.arguments).toBe('{"oven":"steel","unit":"C"}');
  });

  it('joins calls and results that came without an id', () => {
    expect(steel?.messages[2]?.tool_calls?.[0]?.id).toBe(steel?.messages[3]?.tool_call_id);
    expect(salt?.messages[2]?.tool_calls).toMatchObject([{ name: 'scale_recipe', arguments: '{"loaves":20}' }]);
    expect(salt?.messages[3]).toEqual({
      role: 'tool',
      content: '{"salt_g":360}',
      name: 'scale_recipe',
      tool_call_id: salt?.messages[2]?.tool_calls?.[0]?.id,
    });
    expect(salt?.tools).toEqual([{ type: 'function', function: { name: 'scale_recipe', parameters: { type: 'object' } } }]);
  });

  it('reads a developer as system, parts as text, and a refusal as what was said', () => {
    expect(steel?.messages[0]).toEqual({ role: 'system', content: 'You help the night shift of a bakery.' });
    expect(dough?.messages[1]?.content).toBe('How long does this dough rest?\n[image_url]');
    expect(refusal?.messages.at(-1)).toEqual({ role: 'assistant', content: "I can't help with that." });
  });

  it('keeps an empty first user turn, and looks past it for the task', () => {
    expect(dough?.messages[0]).toEqual({ role: 'user', content: '' });
    expect(dough?.task).toEqual({ id: null, text: 'How long does this dough rest?\n[image_url]' });
  });

  it('reads an array of conversations and a single one', () => {
    expect(evidenceIn(openaiChat, harbours).map(({ task, outcome }) => [task.id, outcome.value])).toEqual([
      ['tide-west', 1],
      ['tide-east', 0],
    ]);
    expect(evidenceIn(openaiChat, letter).map(({ recordedAt }) => recordedAt)).toEqual(['2025-06-01T00:00:00.000Z']);
  });
});

describe('openai-chat refuses', () => {
  const question = { role: 'user', content: 'Is it hot?' };
  const refusals: [string, JsonValue, string][] = [
    ['a record without messages', { prompt: 'Is it hot?' }, 'messages: expected an array of messages, found nothing'],
    ['a turn that is no object', { messages: [question, 'yes'] }, 'messages[1]: expected an object, found "yes"'],
    [
      'a role it does not know',
      { messages: [question, { role: 'critic', content: 'No.' }] },
      'messages[1].role: expected system, developer, user, assistant, tool or function, found "critic"',
    ],
    [
      'content that is a number',
      { messages: [{ role: 'user', content: 7 }] },
      'messages[0].content: expected text, parts or null, found 7',
    ],
    [
      'a call without a name',
      { messages: [question, { role: 'assistant', content: null, tool_calls: [{ id: 'c', function: { arguments: '{}' } }] }] },
      'messages[1].tool_calls[0].name: expected text, found nothing',
    ],
    [
      'arguments that are a list',
      { messages: [question, { role: 'assistant', content: null, function_call: { name: 'look', arguments: [] } }] },
      'messages[1].function_call.arguments: expected text or an object, found an array',
    ],
    [
      'a label it does not know',
      { messages: [question], label: 'good' },
      'label: expected one of accepted, rejected, partial, found "good"',
    ],
    [
      'a label that is a number',
      { messages: [question], metadata: { label: 1 } },
      'label: expected one of accepted, rejected, partial, found 1',
    ],
    ['a reward that is text', { messages: [question], reward: 'high' }, 'reward: expected a number, found "high"'],
    ['tools that are no list', { messages: [question], tools: '[]' }, 'tools: expected an array, found "[]"'],
  ];

  it.each(refusals)('%s', (_name, value, detail) => {
    const drafts = openaiChat.normalize({ value, locator: { line: 3 }, line: 3 }, { path: 'shift.jsonl', options: {} });
    expect(drafts).toEqual([{ refused: 'missing_field', detail, locator: { line: 3 }, line: 3 }]);
  });

  it('a record that is no object', () => {
    const drafts = openaiChat.normalize({ value: 'Is it hot?', locator: { line: 0 }, line: 0 }, { path: 'shift.jsonl', options: {} });
    expect(drafts).toMatchObject([{ refused: 'not_an_object' }]);
  });
});

describe('openai-chat recognises', () => {
  const line = '{"messages":[{"role":"user","content":"Is it hot?"}]}';

  it('a file in which some lines are broken', () => {
    expect(openaiChat.detect(sampleOf(`${line}\n{"note":"oven off"}\n`, 'shift.jsonl'))).toMatchObject({
      layout: 'lines',
      confidence: 0.6,
    });
  });

  it('a record longer than the sample, on one line or on many', () => {
    const long = 'kneading '.repeat(40_000);
    const record = { id: 'night-9', metadata: { model: 'rye-2' }, messages: [{ role: 'user', content: long }] };
    expect(openaiChat.detect(sampleOf(JSON.stringify(record), 'shift.jsonl'))?.layout).toBe('lines');
    expect(openaiChat.detect(sampleOf(JSON.stringify(record, null, 2), 'shift.json'))?.layout).toBe('document');
  });

  it('no log that holds a conversation somewhere inside', () => {
    const log = { eval: 'ovens', samples: [{ messages: [{ role: 'user', content: 'kneading '.repeat(40_000) }] }] };
    expect(openaiChat.detect(sampleOf(JSON.stringify(log), 'log.json'))).toBeUndefined();
  });
});
