import { describe, expect, test } from 'vitest';
import { runReportSchema } from '../../../schemas/run-report.ts';
import { nightAfterTheSwitch, nightOfTheFullDisk } from './run-report-fixture.ts';

describe.each([
  ['accepted', nightAfterTheSwitch],
  ['refused', nightOfTheFullDisk],
])('the %s fixture', (_verdict, report) => {
  const { summary } = report;
  const sum = <Item>(items: readonly Item[], number: (item: Item) => number) => items.reduce((total, item) => total + number(item), 0);

  test('is what the schema asks for', () => {
    expect(runReportSchema.parse(report)).toEqual(report);
  });

  test('loses no row', () => {
    for (const source of summary.sources) expect(source.evidence + source.quarantined, source.name).toBe(source.records);
    for (const stage of summary.stages) expect(stage.rows_out + stage.rows_quarantined, stage.stage).toBe(stage.rows_in);
    const evidence = sum(summary.sources, (source) => source.evidence);
    expect(sum(Object.values(summary.categories), (rows) => rows)).toBe(evidence);
    expect(sum(report.rules, (rule) => rule.rows)).toBe(evidence);
    for (const set of ['rag', 'sft'] as const) {
      const quarantined = report.quarantine.filter((entry) => entry.set === set);
      expect(summary.exports[set] + sum(quarantined, (entry) => entry.rows), set).toBe(evidence);
    }
    for (const set of ['sft', 'preference'] as const) {
      const splits = report.splits.filter((entry) => entry.set === set);
      expect(
        sum(splits, (entry) => entry.rows),
        set,
      ).toBe(summary.exports[set]);
    }
    for (const [reason, rows] of Object.entries(summary.quarantined)) {
      const entries = report.quarantine.filter((entry) => entry.reason === reason);
      expect(
        sum(entries, (entry) => entry.rows),
        reason,
      ).toBe(rows);
    }
  });

  test('gives each source and category the rows of the summary', () => {
    for (const [category, rows] of Object.entries(summary.categories)) {
      const entries = report.categories_by_source.filter((entry) => entry.category === category);
      expect(
        sum(entries, (entry) => entry.rows),
        category,
      ).toBe(rows);
    }
    for (const { name, evidence } of summary.sources) {
      const entries = report.categories_by_source.filter((entry) => entry.source === name);
      expect(
        sum(entries, (entry) => entry.rows),
        name,
      ).toBe(evidence);
    }
  });
});
