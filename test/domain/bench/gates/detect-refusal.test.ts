import { describe, expect, test } from 'vitest';
import { findRefusals, findRefusalsAtStart } from '../../../../domain/bench/gates/detect-refusal.ts';
import { inspectOutput } from '../../../../domain/bench/gates/inspect-output.ts';
import { shellText } from './outputs.ts';
import { fc } from '../../../support/fast-check.ts';

const REFUSALS = [
  'I’m sorry, but I can’t help with that.',
  "I'm sorry, but I can't help with that.",
  'I am sorry, I cannot summarise this event.',
  'I apologize for the inconvenience.',
  'My apologies, this is not possible.',
  'Sorry, but that is beyond me.',
  'I cannot process this command.',
  'I CAN NOT DO THIS.',
  'I can‘t do this.',
  "I won't write about this event.",
  "We're unable to comply.",
  'I am unable to comply.',
  'I am currently not able to read the event.',
  'I lack the ability to read terminals.',
  'As an AI, nothing of this is for me to judge.',
  'As an AI language model I have no terminal.',
  'Unfortunately, I cannot see any event.',
  'Based on the given event, I am unable to tell what happened.',
];

const EVENTS = [
  'Ran the tide model; the log says that the pump cannot start.',
  'Fixed the message shown when a user is unable to log in.',
  'Unable to connect was the error of the tide server; a restart solved it.',
  'The assistant explained that, as an AI, it has no opinion, then fixed the build.',
  'Read an article on the sorry state of the harbour wall.',
  'Sorry page restyled with the colours of the harbour.',
  'The user asked why I cannot be used as a variable name.',
  'We can not only restart the pump but also read its log, the session found.',
  'Configured the proxy as an AI gateway.',
];

describe('text that is no valid answer', () => {
  test.each(REFUSALS)('G21: %s', (text) => {
    expect(findRefusals(text)).not.toEqual([]);
    expect(inspectOutput(text, { source: 'shell', redacted_content: '{}' }).gates.refusal_detected).toBe(true);
  });

  test('a refusal anywhere in it counts, across line ends', () => {
    expect(findRefusals('{"note": "The event is long.", "more": "I am\n  unable to read it')).toEqual(['denial']);
  });

  test.each(['The tide model ran.', '{"summary": "The pump cannot start', 'they are unable to dock', 'cannot open file', ''])(
    '%s: none',
    (text) => {
      expect(findRefusals(text)).toEqual([]);
    },
  );
});

describe('the summary of a valid answer', () => {
  test.each(REFUSALS)('begins with: %s', (text) => {
    const { gates } = inspectOutput(shellText({ summary: text }), { source: 'shell', redacted_content: '{}' });
    expect(gates).toMatchObject({ schema_valid: true, refusal_detected: true });
    expect(gates.refusal_patterns_matched.length).toBeGreaterThan(0);
  });

  test.each(EVENTS)('%s: none', (summary) => {
    expect(findRefusalsAtStart(summary)).toEqual([]);
  });

  test('words that come later are what the event is about', () => {
    expect(findRefusalsAtStart('Debugged the tide bot. I cannot say more, it had replied.')).toEqual([]);
  });

  test.each(['intent', 'outcome'])('the other fields are not looked at, %s least of all', () => {
    const raw = shellText({ intent: "I'm sorry, I can't tell" });
    expect(inspectOutput(raw, { source: 'shell', redacted_content: '{}' }).gates.refusal_detected).toBe(false);
  });

  test('quoted words are never a refusal, whatever the quotation marks', () => {
    const marks = fc.constantFrom(['"', '"'], ["'", "'"], ['“', '”'], ['‘', '’'], ['„', '“'], ['«', '»'], ['`', '`']);
    const after = fc.constantFrom(' was the reply of the tide bot.', ', the bot had said.', '', ' and nothing else');
    fc.assert(
      fc.property(marks, fc.constantFrom(...REFUSALS), after, ([open, close], refusal, rest) => {
        // A quotation ends where its own mark stands.
        const words = refusal.replaceAll('“', '').replaceAll('‘', '’');
        expect(findRefusalsAtStart(`${open}${words}${close}${rest}`)).toEqual([]);
        expect(findRefusalsAtStart(`The bot said ${open}${words}${close}${rest}`)).toEqual([]);
      }),
    );
  });

  test('a refusal that quotes is still one', () => {
    expect(findRefusalsAtStart('I cannot "summarise" this')).toEqual(['denial']);
  });
});

test('no text takes long to look through', () => {
  for (const text of ["'".repeat(20_000), "i'm ".repeat(20_000), 'as '.repeat(20_000), 'i very '.repeat(10_000), '“'.repeat(20_000)]) {
    expect(findRefusals(text)).toEqual([]);
    expect(findRefusalsAtStart(text.slice(0, 2000))).toEqual([]);
  }
});
