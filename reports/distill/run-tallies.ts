import type { RunReport } from '../../schemas/run-report.ts';
import { EXPORT_SETS } from '../../schemas/vocabulary.ts';
import type { Category, ExportSet } from '../../schemas/vocabulary.ts';

/** The rows a run read, kept and set aside while reading, over all its sources. */
export function tallyRecords(report: RunReport): { records: number; evidence: number; quarantined: number; files: number } {
  const { sources } = report.summary;
  return {
    records: sumOf(sources, (source) => source.records),
    evidence: sumOf(sources, (source) => source.evidence),
    quarantined: sumOf(sources, (source) => source.quarantined),
    files: sumOf(sources, (source) => source.files),
  };
}

/** Exported and quarantined rows of each set. Preference exports pairs and sets aside single records. */
export function tallySets(report: RunReport): { set: ExportSet; exported: number; quarantined: number }[] {
  return EXPORT_SETS.map((set) => ({
    set,
    exported: report.summary.exports[set],
    quarantined: sumOf(
      report.quarantine.filter((entry) => entry.set === set),
      (entry) => entry.rows,
    ),
  }));
}

export interface SourceTally {
  readonly source: string;
  readonly counts: Readonly<Record<Category, number>>;
  readonly total: number;
}

/** Category counts of every source, also of one that left no evidence. */
export function tallyCategories(report: RunReport): SourceTally[] {
  return report.summary.sources.map(({ name }) => {
    const counts = { accepted: 0, partially_accepted: 0, rejected: 0, needs_human_review: 0 };
    for (const entry of report.categories_by_source) if (entry.source === name) counts[entry.category] += entry.rows;
    return { source: name, counts, total: sumOf(Object.values(counts), (count) => count) };
  });
}

/** The sum of one number of each item. */
export function sumOf<Item>(items: readonly Item[], number: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + number(item), 0);
}

/** The share that `part` is of `whole`; null where there is no whole. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** The share a row has of all rows of its set. */
export function shareOfSet<Row extends { readonly set: string; readonly rows: number }>(row: Row, rows: readonly Row[]): number | null {
  const inSet = rows.filter(({ set }) => set === row.set);
  return shareOf(
    row.rows,
    sumOf(inSet, (other) => other.rows),
  );
}
