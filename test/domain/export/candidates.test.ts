import { describe, expect, test } from 'vitest';
import { preferenceCandidate, ragCandidate, sftCandidate, SFT_NEVER } from '../../../domain/export/index.ts';
import { CATEGORIES } from '../../../schemas/vocabulary.ts';
import { assistant, call, OPTIONS, record, result, system, user } from './records.ts';

const equalsReference = { human: [], judges: [], cancelled: false, truncated: false, proxies: { equals_reference: true } };
const fedBackTwice = { origin: 'replay' as const, generation: 2 };

function rowOf(candidate: { readonly template: string | null }): Record<string, unknown> {
  if (candidate.template === null) throw new Error(`expected a row, found ${JSON.stringify(candidate)}`);
  return JSON.parse(candidate.template) as Record<string, unknown>;
}

describe('ragCandidate', () => {
  test('a row with title, content, tags, steps and size', () => {
    const candidate = ragCandidate(
      record({
        task_text: ' Moor the ferry\nat the east quay\n',
        messages: [user('Moor the ferry'), assistant('First look.'), assistant('1. Tie two lines.\n2. Check the fenders.\n')],
      }),
      OPTIONS,
    );
    const content = 'Moor the ferry\nat the east quay\n\n1. Tie two lines.\n2. Check the fenders.';
    expect(rowOf(candidate)).toEqual({
      id: 'a'.repeat(64),
      title: 'Moor the ferry',
      content,
      category: 'accepted',
      warning: false,
      tags: ['openai-chat', 'harbour-desk', 'harbor-chat-2'],
      validation_steps: ['Check the fenders.'],
      task_key: 'openai-chat/tide-1',
      // 31 characters of the task, 2 line feeds, 39 of the answer: a quarter of 72.
      tokens: 18,
      split: '@split',
      provenance: '@provenance',
    });
    expect(content).toHaveLength(72);
    expect(candidate.text).toBe('Moor the ferry at the east quay 1. Tie two lines. 2. Check the fenders.');
  });

  test('partially accepted rows carry a warning', () => {
    expect(rowOf(ragCandidate(record({ category: 'partially_accepted' }), OPTIONS))).toMatchObject({
      category: 'partially_accepted',
      warning: true,
    });
  });

  test('without a final answer the first artifact that says anything stands in', () => {
    const artifacts = [
      { kind: 'patch' as const, text: ' ' },
      { kind: 'answer' as const, text: '6:40' },
    ];
    expect(rowOf(ragCandidate(record({ messages: [user('Low tide?')], artifacts }), OPTIONS)).content).toBe('When is low tide?\n\n6:40');
  });

  test('without a model there is no tag for it', () => {
    expect(rowOf(ragCandidate(record({ model: null }), OPTIONS)).tags).toEqual(['openai-chat', 'harbour-desk']);
  });

  test('a title is the first line, cut to 120 characters', () => {
    const title = String(rowOf(ragCandidate(record({ task_text: `${'tide '.repeat(40)}\nrest` }), OPTIONS)).title);
    expect(title).toBe('tide '.repeat(40).slice(0, 120));
  });

  test.each([
    ['rejected', record({ category: 'rejected' })],
    ['needs_human_review', record({ category: 'needs_human_review' })],
    ['replay_generation', record(fedBackTwice)],
    ['no_prompt', record({ task_text: ' \n ' })],
    ['no_assistant_turn', record({ messages: [user('When is low tide?')] })],
    ['oversized_row', record({ task_text: 'x'.repeat(100_001) })],
  ])('%s', (reason, refused) => {
    expect(ragCandidate(refused, OPTIONS)).toMatchObject({ template: null, text: null, refusal: reason });
  });

  test('content exactly at the limit is not too large', () => {
    // 17 characters of the task, 2 line feeds, 8 of the answer.
    expect(ragCandidate(record(), { ...OPTIONS, maxRowChars: 27 }).refusal).toBeNull();
    expect(ragCandidate(record(), { ...OPTIONS, maxRowChars: 26 }).refusal).toBe('oversized_row');
  });

  test('replay output of the first generation is let in', () => {
    expect(ragCandidate(record({ origin: 'replay', generation: 1 }), OPTIONS).refusal).toBeNull();
  });
});

describe('sftCandidate', () => {
  test('a row with turns, tools, quality and size', () => {
    const messages = [system('Be brief.'), user('Low tide?'), assistant('', call('c1')), result('c1'), assistant('At 6:40.')];
    const tools = [{ type: 'function', function: { name: 'tide_table' } }];
    expect(rowOf(sftCandidate(record({ messages, tools }), OPTIONS))).toEqual({
      id: 'a'.repeat(64),
      messages,
      tools,
      quality_score: 'accepted',
      task_key: 'openai-chat/tide-1',
      split: '@split',
      // 9 + 9 + 0 + 4 + 8 characters.
      tokens: 8,
      provenance: '@provenance',
    });
  });

  test.each([[undefined], [[]]])('without tools there is no such field (%j)', (tools) => {
    expect(rowOf(sftCandidate(record({ tools }), OPTIONS))).not.toHaveProperty('tools');
  });

  test('cut turns are told', () => {
    const candidate = sftCandidate(record({ messages: [user('Low tide?'), assistant('6:40.'), user('Thanks!')] }), OPTIONS);
    expect(candidate).toMatchObject({ refusal: null, detail: 'cut 1 unanswered user turns' });
    expect(rowOf(candidate).messages).toHaveLength(2);
  });

  test('partially accepted rows come in when asked for, and only then', () => {
    const partial = record({ category: 'partially_accepted' });
    expect(sftCandidate(partial, OPTIONS).refusal).toBe('partial_excluded');
    expect(rowOf(sftCandidate(partial, { ...OPTIONS, includePartial: true })).quality_score).toBe('partially_accepted');
  });

  test.each([
    ['rejected', record({ category: 'rejected' })],
    ['needs_human_review', record({ category: 'needs_human_review' })],
    ['replay_generation', record(fedBackTwice)],
    ['equals_reference', record({ signals: equalsReference })],
    ['no_prompt', record({ messages: [user(''), assistant('At 6:40.')] })],
    ['no_assistant_turn', record({ messages: [user('Low tide?')] })],
    ['unanswered_tool_call', record({ messages: [user('Low tide?'), assistant('', call('c1'))] })],
    ['orphan_tool_result', record({ messages: [user('Low tide?'), result('c1'), assistant('6:40.')] })],
    ['illegal_role_order', record({ messages: [assistant('Hello!'), user('Low tide?'), assistant('6:40.')] })],
    ['oversized_row', record({ messages: [user('Low tide?'), assistant('x'.repeat(100_000))] })],
  ])('%s', (reason, refused) => {
    expect(sftCandidate(refused, { ...OPTIONS, includePartial: true })).toMatchObject({ template: null, text: null, refusal: reason });
  });

  test('the two categories that never enter are the two that the documents name', () => {
    expect([...SFT_NEVER].sort()).toEqual(['needs_human_review', 'rejected']);
    expect(CATEGORIES.filter((category) => !SFT_NEVER.has(category))).toEqual(['accepted', 'partially_accepted']);
  });

  test('two runs of one conversation with other call ids have the same text', () => {
    const run = (id: string) => record({ messages: [user('Low tide?'), assistant('', call(id)), result(id), assistant('6:40.')] });
    expect(sftCandidate(run('call_1'), OPTIONS).text).toBe(sftCandidate(run('call_2'), OPTIONS).text);
  });
});

describe('preferenceCandidate', () => {
  test('gives the system prompt and the answer', () => {
    const messages = [system('Be brief.'), system('Be kind.'), user('Low tide?'), assistant('At  6:40.\n')];
    expect(preferenceCandidate(record({ messages }), OPTIONS)).toEqual({
      refusal: null,
      system: 'Be brief.\nBe kind.',
      answer: 'assistant\nAt 6:40.',
    });
  });

  test('answers that differ in white space or in call ids are the same answer', () => {
    const run = (id: string, words: string) => record({ messages: [user('Low tide?'), assistant(words, call(id)), result(id)] });
    const answer = (one: ReturnType<typeof record>) => preferenceCandidate(one, OPTIONS).answer;
    expect(answer(run('call_1', 'Looking\nit up.'))).toBe(answer(run('call_2', 'Looking it up. ')));
    expect(answer(run('call_1', 'Looking it up.'))).not.toBe(answer(run('call_1', 'Guessing.')));
  });

  test('a rejected record may be the worse side', () => {
    expect(preferenceCandidate(record({ category: 'rejected' }), OPTIONS).refusal).toBeNull();
  });

  test.each([
    ['needs_human_review', record({ category: 'needs_human_review' })],
    ['replay_generation', record(fedBackTwice)],
    ['equals_reference', record({ signals: equalsReference })],
    ['no_prompt', record({ task_text: '' })],
    ['no_prompt', record({ messages: [assistant('At 6:40.')] })],
    ['no_prompt', record({ messages: [user(' '), assistant('At 6:40.')] })],
    ['no_assistant_turn', record({ messages: [user('Low tide?')] })],
    ['no_assistant_turn', record({ messages: [user('Low tide?'), assistant('')] })],
    ['oversized_row', record({ messages: [user('Low tide?'), assistant('x'.repeat(100_000))] })],
  ])('%s', (reason, refused) => {
    expect(preferenceCandidate(refused, OPTIONS)).toEqual({ refusal: reason, system: null, answer: null });
  });
});
