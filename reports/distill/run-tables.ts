import type { RunReport } from '../../schemas/run-report.ts';
import { writeTableCsv } from '../shared/table-csv.ts';
import { describeRun } from './run-sections.ts';

/** The CSV files that stand beside the page, one for each of its tables. */
export function runTables(report: RunReport): { name: string; csv: string }[] {
  return describeRun(report).map(({ table }) => ({ name: `${table.name}.csv`, csv: writeTableCsv(table) }));
}
