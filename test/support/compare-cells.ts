import {
  compareRecords,
  pickRecords,
  type ComparedRecords,
  type ComparisonSettings,
  type RegisteredExpectations,
  type Wanted,
} from '../../domain/comparison/index.ts';
import type { EvalComparison } from '../../schemas/eval-comparison.ts';
import type { Expectation } from '../../schemas/expectations.ts';
import type { Cell } from './compared-arms.ts';

/** Picks and compares cells without a file; 500 resamples unless stated. */
export function compareCells(
  cells: readonly Cell[],
  changes: Partial<ComparisonSettings> & { readonly wanted?: Wanted; readonly expectations?: RegisteredExpectations } = {},
): ComparedRecords {
  const { wanted = {}, expectations = null, ...settings } = changes;
  const picked = pickRecords(
    cells.map(({ record }) => record),
    wanted,
  );
  const rowsOf = new Map(cells.map(({ record, rows }) => [record.run_uid, rows]));
  return compareRecords(
    {
      suites: picked.suites.map(({ suite, arms, missing }) => ({
        suite,
        arms: arms.map(({ name, record }) => ({
          name,
          record,
          rows: { ok: true, questions: rowsOf.get(record.run_uid ?? '') ?? [], superseded: 0 },
        })),
        missing: Object.keys(missing),
      })),
      withoutMode: picked.withoutMode,
      refusals: picked.refusals,
      notices: picked.notices,
      malformedLines: 0,
      expectations,
    },
    {
      seed: 42,
      resamples: 500,
      alpha: 0.05,
      clusterBy: 'none',
      isIntersected: false,
      areNamed: wanted.runs !== undefined,
      lauterVersion: '0.1.0',
      commands: ['lauter eval compare'],
      ...settings,
    },
  );
}

/** The comparison of cells that can be compared. */
export function comparisonOf(cells: readonly Cell[], changes: Parameters<typeof compareCells>[1] = {}): EvalComparison {
  const { comparison, refusals } = compareCells(cells, changes);
  if (comparison === null || refusals.length > 0) throw new Error(`refused: ${JSON.stringify(refusals)}`);
  return comparison;
}

/** Expectations as if they had been read from a file, registered the day before the runs. */
export function registered(expectations: readonly Expectation[], registeredAt = '2026-11-21T00:00:00Z'): RegisteredExpectations {
  return {
    file: { schema_version: 1, registered_at: registeredAt, expectations: [...expectations] },
    path: 'expected.json',
    sha256: 'f'.repeat(64),
  };
}
