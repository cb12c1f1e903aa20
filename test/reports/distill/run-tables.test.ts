import { expect, test } from 'vitest';
import { runTables } from '../../../reports/distill/run-tables.ts';
import { poisonReport } from './poison.ts';
import { nightAfterTheSwitch } from './run-report-fixture.ts';

const tables = new Map(runTables(nightAfterTheSwitch).map(({ name, csv }) => [name, csv]));

test('every section leaves one file', () => {
  expect([...tables.keys()]).toEqual([
    'drift.csv',
    'sources.csv',
    'sets.csv',
    'categories-by-source.csv',
    'rules.csv',
    'quarantine.csv',
    'health.csv',
    'checks.csv',
    'splits.csv',
    'redactions.csv',
    'stages.csv',
    'ignored.csv',
    'paths.csv',
  ]);
});

test('programs read words, whole digests and exact numbers', () => {
  expect(tables.get('sets.csv')).toMatch(/^set,exported,quarantined,exported_share\nrag,5611,6659,0\.457294\d+\nsft,/);
  expect(tables.get('sets.csv')).toContain('\npreference,1188,9687,\n');
  expect(tables.get('stages.csv')).toContain(`\nexport,35415,11420,23995,3,0,6240,${'07c4e2b8'.repeat(8)}\n`);
  expect(tables.get('drift.csv')).toContain('\nreplay_rows,,0,,ok,Not tracked by the earlier run.\n');
});

test('rows stand in the order that people need', () => {
  const column = (name: string, index: number) =>
    (tables.get(name) ?? '')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[index]);
  expect(column('drift.csv', 0)[0]).toBe('needs_human_review');
  expect(column('rules.csv', 1)).toEqual(['5926', '2640', '1891', '1101', '560', '118', '34']);
  expect(column('quarantine.csv', 1).slice(0, 6)).toEqual([
    'exact_duplicate',
    'broken_json',
    'missing_field',
    'truncated_line',
    'too_large',
    'rejected',
  ]);
});

test('hostile text runs as no formula', () => {
  for (const { name, csv } of runTables(poisonReport(nightAfterTheSwitch).report)) {
    expect(csv, name).not.toMatch(/(?:^|,|\n)"?=/);
    for (const unseen of ['\u001b', '\u202e']) expect(csv, name).not.toContain(unseen);
  }
});
