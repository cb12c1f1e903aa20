import { describe, expect, it } from 'vitest';
import { answerCalls, conversationsOf, mainConversation, type ModelCall } from '../../../adapters/sources/model-calls.ts';
import type { Message } from '../../../schemas/evidence.ts';

describe('calls of a model become conversations', () => {
  it('where each repeats what was said', () => {
    const [talk, ...more] = conversationsOf([call(['u:Who rows?'], 'a:Ann.'), call(['u:Who rows?', 'a:Ann.', 'u:And steers?'], 'a:Ben.')]);
    expect(more).toEqual([]);
    expect(said(talk?.messages)).toEqual(['u:Who rows?', 'a:Ann.', 'u:And steers?', 'a:Ben.']);
  });

  it('where each repeats the last turns only, or sets them in other white space', () => {
    const [talk, ...more] = conversationsOf([
      call(['s:Be short.', 'u:Who rows?'], 'a:Ann  rows.'),
      call(['s:Be kind.', 'a:Ann rows.', 'u:And steers?'], 'a:Ben.'),
    ]);
    expect(more).toEqual([]);
    expect(said(talk?.messages)).toEqual(['s:Be short.', 'u:Who rows?', 'a:Ann  rows.', 'u:And steers?', 'a:Ben.']);
  });

  it('where a call was tried again after it failed', () => {
    const [talk, ...more] = conversationsOf([call(['u:Who rows?']), call(['u:Who rows?'], 'a:Ann.')]);
    expect(more).toEqual([]);
    expect(said(talk?.messages)).toEqual(['u:Who rows?', 'a:Ann.']);
  });

  it('where one brings the results that another asked for, and nothing else', () => {
    const asking = { input: [turn('u:Ring.')], output: [calling('bell')], depth: 0 };
    const [talk] = conversationsOf([asking, call(['t:dong'], 'a:It rang.')]);
    expect(said(talk?.messages)).toEqual(['u:Ring.', 'a:', 't:dong', 'a:It rang.']);
  });

  it('that stay apart where one says nothing of the other, or where the same was asked twice', () => {
    const talks = conversationsOf([call(['u:Who rows?'], 'a:Ann.'), call(['u:Who rows?'], 'a:Ben.'), call(['u:Title?'], 'a:Rowing')]);
    expect(talks.map(({ messages }) => said(messages))).toEqual([
      ['u:Who rows?', 'a:Ann.'],
      ['u:Who rows?', 'a:Ben.'],
      ['u:Title?', 'a:Rowing'],
    ]);
  });
});

describe('the conversation that a trace is about', () => {
  const short = { messages: [turn('u:Title?'), turn('a:Rowing')], calls: [call(['u:Title?'], 'a:Rowing')] };
  const long = { messages: [turn('u:Row.'), turn('a:How?'), turn('u:So.'), turn('a:Done.')], calls: [call(['u:Row.'], 'a:Done.')] };

  it('ends in the answer of the trace', () => {
    expect(mainConversation([long, short], ' Rowing ')).toBe(short);
  });

  it('is the one with the most turns, or the last, where no answer is known', () => {
    expect(mainConversation([long, short], undefined)).toBe(long);
    expect(mainConversation([{ ...short }, short], 'elsewhere')).toBe(short);
    expect(mainConversation([], 'nothing')).toBeUndefined();
  });
});

describe('calls of tools', () => {
  it('take results without an id in order, by name where there is one', () => {
    const messages = [calling('bell', 'horn'), { ...turn('t:toot'), name: 'horn' }, turn('t:dong')];
    expect(answerCalls(messages, []).map(({ tool_call_id: id }) => id)).toEqual([undefined, 'horn-id', 'bell-id']);
  });

  it('take results of their own spans, each once, and none that the messages hold', () => {
    const messages = [
      calling('bell'),
      { ...turn('t:dong'), tool_call_id: 'bell-id' },
      turn('u:Again.'),
      { ...calling('bell'), tool_calls: [{ id: 'two', name: 'bell', arguments: '' }] },
    ];
    const results = ['dong', 'ding', 'clang'].map((text) => ({ callId: undefined, name: 'bell', text }));
    expect(answerCalls(messages, results).at(-1)).toEqual({ role: 'tool', content: 'ding', tool_call_id: 'two' });
  });

  it('stay unanswered where nobody knows the result', () => {
    expect(answerCalls([calling('bell')], [{ callId: 'other', name: 'bell', text: 'dong' }])).toEqual([calling('bell')]);
  });
});

const ROLES = { s: 'system', u: 'user', a: 'assistant', t: 'tool' } as const;

function turn(text: string): Message {
  return { role: ROLES[text[0] as keyof typeof ROLES], content: text.slice(2) };
}

function call(input: readonly string[], output?: string): ModelCall {
  return { input: input.map(turn), output: output === undefined ? [] : [turn(output)], depth: 0 };
}

function calling(...names: string[]): Message {
  return { role: 'assistant', content: '', tool_calls: names.map((name) => ({ id: `${name}-id`, name, arguments: '{}' })) };
}

function said(messages: readonly Message[] | undefined): string[] {
  return (messages ?? []).map(({ role, content }) => `${role[0]}:${content}`);
}
