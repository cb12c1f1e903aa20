import { describe, expect, test } from 'vitest';
import { renderPanel } from '../../../reports/panel/render-panel.ts';
import { panelBatchSchema } from '../../../schemas/panel-batch.ts';
import { panelReceiptSchema } from '../../../schemas/panel-receipt.ts';
import { PANEL_FIXTURES } from '../../schemas/panel-fixtures.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { poisonTexts } from '../shared/poison-texts.ts';

const RECEIPT = panelReceiptSchema.parse(PANEL_FIXTURES['panelReceiptSchema']!.accepts[0]);
const BATCH = panelBatchSchema.parse(PANEL_FIXTURES['panelBatchSchema']!.accepts[0]);

describe.each([
  ['a receipt', RECEIPT, poisonTexts(panelReceiptSchema, RECEIPT)],
  ['a batch', BATCH, poisonTexts(panelBatchSchema, BATCH)],
])('%s', (_name, panel, poisoned) => {
  test('is one well-formed page that names every judge', () => {
    const page = renderPanel(panel).at(-1)!.text;
    expect(findMarkupFaults(page)).toEqual([]);
    for (const { model } of panel.slots) expect(page.replaceAll('<wbr>', '')).toContain(model);
  });

  test('hostile answers and judges stay text', () => {
    const files = renderPanel(poisoned);
    expect(findMarkupFaults(files.at(-1)!.text)).toEqual([]);
    expect(files.at(-1)!.text).not.toContain('<script');
    expect(files[0]!.text.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/(?<!\\)<script/);
  });
});
