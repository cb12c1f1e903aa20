import { expect, test } from 'vitest';
import { SIDES, Unpairing } from '../../../../domain/export/index.ts';
import type { PreferenceRow } from '../../../../schemas/export-rows.ts';
import { assistant, pairRow, user } from './form-rows.ts';

const prompt = [user('Low water on Monday?')];
const ids = { best: '1'.repeat(64), middling: '2'.repeat(64), worst: '3'.repeat(64) };
const texts = { best: 'At 6:40.', middling: 'In the morning.', worst: 'At noon.' };

function pairOf(chosen: keyof typeof ids, rejected: keyof typeof ids, more: Partial<PreferenceRow> = {}): PreferenceRow {
  const turns = { prompt, chosen: [assistant(texts[chosen])], rejected: [assistant(texts[rejected])] };
  return pairRow(turns, { id: `${chosen}-${rejected}`, chosen_id: ids[chosen], rejected_id: ids[rejected], ...more });
}

function unpair(rows: readonly PreferenceRow[]) {
  const unpairing = new Unpairing();
  for (const row of rows) unpairing.see(row);
  return rows.flatMap((row) => SIDES.map((side) => unpairing.take(row, side)));
}

test('a pair becomes a good and a bad answer to the same prompt', () => {
  expect(unpair([pairOf('best', 'worst')])).toEqual([
    {
      ok: true,
      cutTurns: 0,
      row: {
        id: ids.best,
        pair_id: 'best-worst',
        prompt: [{ role: 'user', content: 'Low water on Monday?' }],
        completion: [{ role: 'assistant', content: 'At 6:40.' }],
        label: true,
      },
    },
    {
      ok: true,
      cutTurns: 0,
      row: {
        id: ids.worst,
        pair_id: 'best-worst',
        prompt: [{ role: 'user', content: 'Low water on Monday?' }],
        completion: [{ role: 'assistant', content: 'At noon.' }],
        label: false,
      },
    },
  ]);
});

test('an answer that wins once and loses once has no label, whichever pair comes first', () => {
  const made = unpair([pairOf('best', 'middling'), pairOf('best', 'worst'), pairOf('middling', 'worst')]);
  expect(made.map((one) => (one.ok ? one.row.label : one.reason))).toEqual([
    true,
    'both_sides',
    'repeated',
    false,
    'both_sides',
    'repeated',
  ]);
});

test('the same attempt after a longer shared beginning is another answer', () => {
  const longer = [...prompt, assistant('Which harbour?'), user('The north one.')];
  const made = unpair([pairOf('best', 'worst'), pairOf('best', 'middling', { prompt: longer })]);
  expect(made.map((one) => (one.ok ? one.row.label : one.reason))).toEqual([true, false, true, false]);
});
