import { expect, test } from 'vitest';
import { TOKEN_BOUNDS, TokenHistogram } from '../../../../domain/export/index.ts';
import { canonicalJson } from '../../../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../../../domain/shared/json.ts';
import { assistant, sftRow, user } from './form-rows.ts';

const line = (tokens: number, more: object = {}): string =>
  canonicalJson(sftRow([user('Say "tokens":7 and {"tokens":8}.'), assistant('Said.')], { tokens, ...more }) as unknown as JsonValue);

test('a row at a bound belongs below it, and the last class has no bound', () => {
  const histogram = new TokenHistogram();
  for (const tokens of [0, 128, 129, 32_768, 32_769, 1_000_000]) histogram.addLine(line(tokens));
  expect(TOKEN_BOUNDS).toHaveLength(9);
  expect(histogram.rows).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 1, 2]);
  expect(histogram.tokens).toBe(0 + 128 + 129 + 32_768 + 32_769 + 1_000_000);
});

test('neither a text nor a tool that speaks of tokens is mistaken for the row', () => {
  const histogram = new TokenHistogram();
  histogram.addLine(line(200, { tools: [{ name: 'count', parameters: { tokens: 9_999 } }] }));
  expect(histogram.tokens).toBe(200);
});
