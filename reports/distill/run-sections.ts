import type { RunReport } from '../../schemas/run-report.ts';
import type { Figure } from '../shared/figure.ts';
import { describeState } from '../shared/states.ts';
import type { Table } from '../shared/table.ts';
import { categoriesFigure, flowFigure, setsFigure } from './run-pictures.ts';
import { tallyRecords } from './run-tallies.ts';
import { categoriesTable } from './tables/categories.ts';
import { checksTable } from './tables/checks.ts';
import { driftTable } from './tables/drift.ts';
import { healthTable } from './tables/health.ts';
import { ignoredTable } from './tables/ignored.ts';
import { pathsTable } from './tables/paths.ts';
import { quarantineTable } from './tables/quarantine.ts';
import { redactionsTable } from './tables/redactions.ts';
import { rulesTable } from './tables/rules.ts';
import { setsTable } from './tables/sets.ts';
import { sourcesTable } from './tables/sources.ts';
import { splitsTable } from './tables/splits.ts';
import { stagesTable } from './tables/stages.ts';

/** One part of the report, before anyone decides whether it becomes HTML, Markdown or CSV. */
export interface RunSection {
  readonly id: string;
  readonly title: string;
  /** What the section answers, in a sentence. */
  readonly lead: string;
  /** Left out where there is nothing to draw. */
  readonly figure?: Figure;
  readonly table: Table;
}

/** What a report on a run says after its verdict, in order: what changed, then the evidence, then where everything is. */
export function describeRun(report: RunReport): RunSection[] {
  const { records, evidence } = tallyRecords(report);
  return [
    { id: 'drift', title: 'What changed', lead: describeDrift(report), table: driftTable(report) },
    {
      id: 'flow',
      title: 'Flow of rows',
      lead: 'What was read, what became evidence, and what the scores made of it.',
      ...(records > 0 ? { figure: flowFigure(report) } : {}),
      table: sourcesTable(report),
    },
    {
      id: 'sets',
      title: 'Exported sets',
      lead: 'How much of what was scored went into each set.',
      ...(evidence > 0 ? { figure: setsFigure(report) } : {}),
      table: setsTable(report),
    },
    {
      id: 'categories',
      title: 'Categories by source',
      lead: 'Which sources give rows to learn from, and which only wait or fail.',
      ...(evidence > 0 ? { figure: categoriesFigure(report) } : {}),
      table: categoriesTable(report),
    },
    {
      id: 'rules',
      title: 'Rules that decided',
      lead: 'The first rule that matches a row decides its category.',
      table: rulesTable(report),
    },
    {
      id: 'quarantine',
      title: 'Quarantine',
      lead: 'Why rows did not make it. They stay queryable by reason.',
      table: quarantineTable(report),
    },
    {
      id: 'health',
      title: 'Source health',
      lead: 'What a source does not say limits what can be decided about it.',
      table: healthTable(report),
    },
    { id: 'checks', title: 'Audit checks', lead: 'What the last stage looked at again, on disk.', table: checksTable(report) },
    {
      id: 'splits',
      title: 'Splits',
      lead: 'Near-duplicates and attempts at the same task always share a split.',
      table: splitsTable(report),
    },
    {
      id: 'redactions',
      title: 'Redactions',
      lead: 'Replaced by typed placeholders before anything was written.',
      table: redactionsTable(report),
    },
    { id: 'stages', title: 'Stages', lead: 'Same input, configuration and versions give the same digests.', table: stagesTable(report) },
    {
      id: 'ignored',
      title: 'Files not read',
      lead: 'Files in the folders of the sources that hold no records.',
      table: ignoredTable(report),
    },
    { id: 'paths', title: 'Paths', lead: 'Relative paths start at the workspace.', table: pathsTable(report) },
  ];
}

function describeDrift({ drift }: RunReport): string {
  if (drift.against === null) return 'No earlier run to compare with.';
  return `${describeState(drift.severity).label} against run ${drift.against}: ${drift.reason}`;
}
