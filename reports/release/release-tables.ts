import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import { EXPORT_SETS, RELEASE_GATES } from '../../schemas/vocabulary.ts';
import { makeTable, type Table } from '../shared/table.ts';

/** The tables of a freeze; their names begin with that of the page, because they lie beside it. */
export interface ReleaseTables {
  readonly gates: Table;
  readonly findings: Table;
  readonly data: Table;
  readonly files: Table;
  readonly milestones: Table;
}

export function releaseTables(manifest: ReleaseManifest, name: string): ReleaseTables {
  return {
    gates: gatesTable(manifest, name),
    findings: findingsTable(manifest, name),
    data: dataTable(manifest, name),
    files: filesTable(manifest, name),
    milestones: milestonesTable(manifest, name),
  };
}

function gatesTable({ gates }: ReleaseManifest, name: string): Table {
  return makeTable({
    name: `${name}-gates`,
    caption: 'The six gates',
    whenEmpty: 'No gate was run.',
    rows: gates,
    columns: [
      { name: 'gate', title: 'Gate', kind: 'word', value: (row) => row.gate },
      { name: 'state', title: 'Verdict', kind: 'state', value: (row) => row.state },
      { name: 'proves', title: 'What it proves', kind: 'prose', value: (row) => RELEASE_GATES[row.gate] },
      { name: 'detail', title: 'Detail', kind: 'prose', value: (row) => row.detail },
      { name: 'duration_ms', title: 'Took', kind: 'duration', value: (row) => row.duration_ms },
    ],
  });
}

function findingsTable({ gates }: ReleaseManifest, name: string): Table {
  return makeTable({
    name: `${name}-findings`,
    caption: 'Findings, in the order of the gates',
    whenEmpty: 'Nothing was found.',
    rows: gates.flatMap(({ gate, findings }) => findings.map((finding) => ({ gate, finding }))),
    columns: [
      { name: 'gate', title: 'Gate', kind: 'word', value: (row) => row.gate },
      { name: 'finding', title: 'Finding', kind: 'prose', value: (row) => row.finding },
    ],
  });
}

function dataTable({ dataset }: ReleaseManifest, name: string): Table {
  const rows = [
    { name: 'evidence', ...dataset.evidence, splits: {} },
    { name: 'scored', ...dataset.scored, splits: {} },
    ...EXPORT_SETS.map((set) => ({ name: set, ...dataset.sets[set] })),
  ] as const;
  return makeTable({
    name: `${name}-data`,
    caption: 'Frozen data',
    whenEmpty: 'Nothing is frozen.',
    rows,
    columns: [
      { name: 'name', title: 'What', kind: 'word', value: (row) => row.name },
      { name: 'rows', title: 'Rows', kind: 'number', value: (row) => row.rows },
      { name: 'train', title: 'Train', kind: 'number', value: (row) => ('files' in row ? (row.splits.train ?? 0) : null) },
      { name: 'validation', title: 'Validation', kind: 'number', value: (row) => ('files' in row ? (row.splits.validation ?? 0) : null) },
      { name: 'test', title: 'Test', kind: 'number', value: (row) => ('files' in row ? (row.splits.test ?? 0) : null) },
      { name: 'content_digest', title: 'Content digest', kind: 'digest', value: (row) => row.content_digest },
    ],
  });
}

function filesTable({ dataset }: ReleaseManifest, name: string): Table {
  return makeTable({
    name: `${name}-files`,
    caption: 'Frozen files',
    whenEmpty: 'No file is frozen.',
    rows: [...EXPORT_SETS.flatMap((set) => dataset.sets[set].files), ...dataset.quarantine.files],
    rowsShown: 60,
    columns: [
      { name: 'path', title: 'File', kind: 'path', value: (row) => row.path },
      { name: 'rows', title: 'Rows', kind: 'number', value: (row) => row.rows },
      { name: 'bytes', title: 'Bytes', kind: 'number', value: (row) => row.bytes },
      { name: 'sha256', title: 'sha256', kind: 'digest', value: (row) => row.sha256 },
    ],
  });
}

function milestonesTable({ milestones }: ReleaseManifest, name: string): Table {
  return makeTable({
    name: `${name}-milestones`,
    caption: 'Milestones',
    whenEmpty: 'There is no release-milestones.json that names any.',
    rows: milestones,
    columns: [
      { name: 'name', title: 'Milestone', kind: 'name', value: (row) => row.name },
      { name: 'stated', title: 'Stated', kind: 'name', value: (row) => row.stated },
      { name: 'commit', title: 'Commit', kind: 'digest', value: (row) => row.commit },
    ],
  });
}
