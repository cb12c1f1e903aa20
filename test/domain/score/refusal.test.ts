import { describe, expect, test } from 'vitest';
import { isOnlyRefusal } from '../../../domain/score/refusal.ts';

const said = (...contents: string[]) => ({ messages: contents.map((content) => ({ role: 'assistant' as const, content })), artifacts: [] });

describe('only a refusal', () => {
  test.each([
    "I'm sorry, but I can't help with that.",
    'I’m sorry, but I can’t assist with that request.',
    'I cannot help with this request.',
    'Sorry, I am unable to assist you with that.',
    "Sorry, but I can't do that.",
    'Unfortunately, I am not able to provide that information.',
    'I apologize, but I cannot comply with this request.',
    'I apologise, I can not discuss that.',
    'As an AI language model, I cannot provide medical advice.',
    "I won't help with that.",
    "I won't be able to help with that.",
    'I must decline to answer.',
    "I'm very sorry, but I have to decline this request.",
    'I decline this request.',
    'I refuse to answer that.',
    'We are unable to process your request.',
    "I'm not allowed to help with that.",
    "I'm really sorry, I can't continue with this conversation.",
    "I'm unable to fulfill your request.\n\nIs there something else I can help you with?",
    "  I CAN'T HELP WITH THAT  ",
    "I can't currently assist with bookings.",
  ])('%s', (text) => {
    expect(isOnlyRefusal(said(text))).toBe(true);
  });

  test('in every turn', () => {
    expect(isOnlyRefusal(said("I can't help with that.", "I'm sorry, I cannot assist with this."))).toBe(true);
  });

  test('with blank turns and a blank artifact beside it', () => {
    const { messages } = said('', "I can't help with that.");
    expect(isOnlyRefusal({ messages, artifacts: [{ kind: 'answer', text: ' ' }] })).toBe(true);
  });

  test('that was handed in as the answer', () => {
    const { messages } = said("I can't help with that.");
    expect(isOnlyRefusal({ messages, artifacts: [{ kind: 'answer', text: "I can't help with that." }] })).toBe(true);
  });
});

describe('not only a refusal', () => {
  test.each([
    "I can't reproduce it, but here is the fix: set `port` to 8080 in server.toml.",
    "I can't reproduce it, but this should help: delete the lock file and start again.",
    'I cannot find a fault in it: the support for Latin-1 went away in 2.1.',
    "I can't do that in one step. Run `make clean`, then `make`.",
    'I cannot recommend a higher limit; restart the worker to continue.',
    'I am unable to see the picture, so I read the text: the request id is 17.',
    'I cannot see the request in the log of that day.',
    "I can't help noticing that the loop ends one step early: use `<=`.",
    'I cannot provide the exact count, but about forty boats pass the lock each day.',
    "I can't help with the invoice. However, the deposit is back on your card: reference 4471.",
    "I can't continue until the port is free. Stopped the other server and started again: all tests pass.",
    'Sorry, I was wrong: the tide is lowest at 6:40.',
    "I'm sorry for the delay. The receipt was sent to you this morning.",
    'Unfortunately the ferry is late. The next one leaves at 6:40.',
    'I will help with that: the tide is lowest at 6:40.',
    'We refused the delivery at the gate because the seal was broken.',
    'The tide is lowest at 6:40.',
    'No.',
  ])('%s', (text) => {
    expect(isOnlyRefusal(said(text))).toBe(false);
  });

  test('a long answer that opens with an apology', () => {
    const answer = `I'm sorry, but I can't help with the old form. ${'The new form asks for the berth, the length and the draught of the boat. '.repeat(6)}`;
    expect(isOnlyRefusal(said(answer))).toBe(false);
  });

  test('a refusal and later an answer', () => {
    expect(isOnlyRefusal(said("I can't help with that.", 'The tide is lowest at 6:40.'))).toBe(false);
  });

  test('a refusal with a tool call', () => {
    const call = { id: 'call-1', name: 'transfer_to_human', arguments: '{}' };
    expect(
      isOnlyRefusal({ messages: [{ role: 'assistant', content: "I can't help with that.", tool_calls: [call] }], artifacts: [] }),
    ).toBe(false);
  });

  test('a refusal with a patch', () => {
    const { messages } = said("I can't help with that.");
    expect(isOnlyRefusal({ messages, artifacts: [{ kind: 'patch', text: '--- a/tide.py\n+++ b/tide.py\n' }] })).toBe(false);
  });

  test('no turn of the assistant at all', () => {
    expect(isOnlyRefusal({ messages: [{ role: 'user', content: "I can't help with that." }], artifacts: [] })).toBe(false);
  });
});

test('a text made to be slow to tell is told at once', () => {
  const texts = [`${'sorry, '.repeat(60)}I`, `${'i am sorry '.repeat(40)}`, ` ${'so '.repeat(130)}`, `${' '.repeat(790)}x`];
  for (const text of texts) expect(isOnlyRefusal(said(text))).toBe(false);
});
