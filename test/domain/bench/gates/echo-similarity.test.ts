import { expect, test } from 'vitest';
import { echoSimilarity, textsIn } from '../../../../domain/bench/gates/echo-similarity.ts';
import { inspectOutput } from '../../../../domain/bench/gates/inspect-output.ts';
import { shellText } from './outputs.ts';

test('the share of 4-grams that both have: "tides" and "tidal" share one of three', () => {
  // tide, ides | tida, idal: none. "tides" and "tide" share tide of tide, ides.
  expect(echoSimilarity(['tides'], ['tidal'])).toBe(0);
  expect(echoSimilarity(['tides'], ['tide'])).toBe(0.5);
  expect(echoSimilarity(['TIDES'], ['tides'])).toBe(1);
});

test('two texts without a character are alike, one of them is not like the other', () => {
  expect(echoSimilarity([], [''])).toBe(1);
  expect(echoSimilarity(['tides'], [])).toBe(0);
  expect(echoSimilarity([''], ['tides'])).toBe(0);
});

test('a text shorter than a gram is one by itself', () => {
  expect(echoSimilarity(['ls'], ['ls'])).toBe(1);
  expect(echoSimilarity(['ls'], ['cd'])).toBe(0);
});

test('characters are code points', () => {
  expect(echoSimilarity(['🌊🌊🌊🌊'], ['🌊🌊🌊🌊'])).toBe(1);
  expect(echoSimilarity(['🌊🌊'], ['🌊🌊🌊'])).toBe(0);
});

test('values count, keys and numbers do not', () => {
  expect(textsIn({ command: 'make tides', exit_code: 0, nested: [{ note: 'high' }, null, true] })).toEqual(['make tides', 'high']);
});

test('an answer that repeats its event is an echo, one that is no JSON is compared as it is', () => {
  const event = { source: 'shell', redacted_content: '{"command":"pump the north basin until the gauge reads two metres"}' };
  const output = shellText({
    summary: 'pump the north basin until the gauge reads two metres',
    intent: '',
    entities: {},
    outcome: 'unknown',
  });
  expect(inspectOutput(output, event).gates.echo_similarity).toBeGreaterThan(0.9);
  expect(inspectOutput('pump the north basin until the gauge reads two metres', event).gates.echo_similarity).toBe(1);
});
