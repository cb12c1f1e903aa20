import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costTables, priceCall } from '../../domain/cost/index.ts';
import { bundleOf } from '../../domain/search/index.ts';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import { BUDGET_LANES } from '../../schemas/vocabulary.ts';
import { PROJECT_ROOT } from './document.ts';

const text = readFileSync(join(PROJECT_ROOT, 'docs/cost.md'), 'utf8');

test('the config that it shows is one, comments aside', () => {
  const [, shown = ''] = /```jsonc\n([\s\S]*?)```/.exec(text) ?? [];
  const { cost } = JSON.parse(shown.replace(/ +\/\/.*$/gm, '')) as { cost: unknown };
  expect(costSettingsSchema.parse(cost).prices['qwen3:8b-local']).toMatchObject({ input_per_million: 0, output_per_million: 0 });
});

test('every lane is named', () => {
  expect(text).toContain(`All lanes count: ${BUDGET_LANES.join(', ')}.`);
});

test('the worked example adds up', () => {
  const settings = costSettingsSchema.parse({ prices: { pilot: { input_per_million: 1, output_per_million: 5 } } });
  const asked = (inputTokens: number, outputTokens: number): string =>
    `$${priceCall(settings, { model: 'pilot', inputTokens, outputTokens }) / 1e9}`;
  expect([asked(3_000, 512), asked(2_700, 90), asked(3_000 + 2_700, 512 + 90)]).toEqual(['$0.00556', '$0.00315', '$0.00871']);
  for (const amount of ['$0.00556', '$0.00315', '$0.00871']) expect(text).toContain(amount);
});

test('the matrix is that of the program', () => {
  const depths = { conservative: bundleOf('conservative', {}), balanced: bundleOf('balanced', {}), tokenmax: bundleOf('tokenmax', {}) };
  const { matrix } = costTables(costSettingsSchema.parse({}), depths);
  for (const { mode, tokens, usd } of matrix.rows) {
    const cells = Object.values(usd).map((amount) => `$${amount.toLocaleString('en-US')}`);
    expect(text).toContain(`| ${mode} (${tokens / 1_000}K) | ${cells.join(' | ')} |`);
  }
});
