import type { BinaryPairs, JudgedArm, ReplayAb, ReplayArm } from '../../schemas/replay-ab.ts';
import type { PairedComparison } from '../../schemas/paired-comparison.ts';
import { REPLAY_REASONS } from '../../schemas/vocabulary.ts';
import { formatUsd } from '../shared/format.ts';
import { measured } from '../shared/measured-columns.ts';
import { DIFFERENCE_COLUMNS } from '../shared/paired-differences.ts';
import { shareColumns } from '../shared/share-columns.ts';
import { makeTable, type Table } from '../shared/table.ts';

const WITH = 'with playbooks';
const WITHOUT = 'without';
const SAME_EVIDENCE = 'without, same evidence';

/** Both arms, and the baseline once more as the evidence of the other arm judges it. */
export function armsTable({ arms, same_evidence }: ReplayAb, name: string): Table {
  type Row = { readonly arm: string; readonly judged: JudgedArm; readonly run: ReplayArm | null };
  return makeTable<Row>({
    name: `${name}-arms`,
    caption: 'Arms, with 95 % intervals',
    whenEmpty: 'There is no arm.',
    rows: [
      { arm: WITH, judged: arms.with, run: arms.with },
      { arm: WITHOUT, judged: arms.without, run: arms.without },
      { arm: SAME_EVIDENCE, judged: same_evidence.without, run: null },
    ],
    columns: [
      { name: 'arm', title: 'Arm', kind: 'name', value: ({ arm }) => arm },
      ...shareColumns<Row>('gate_pass', 'Gate passed', ({ judged }) => judged.gate_pass),
      ...shareColumns<Row>('wholly_grounded', 'Wholly grounded', ({ judged }) => judged.wholly_grounded),
      { name: 'names_rate', title: 'Names grounded', kind: 'share', value: ({ judged }) => judged.names.rate },
      { name: 'names', title: 'Names', kind: 'number', value: ({ judged }) => judged.names.total },
      { name: 'names_nothing', title: 'Name nothing', kind: 'number', value: ({ judged }) => judged.names_nothing },
      { name: 'answered', title: 'Answered', kind: 'number', value: ({ run }) => run?.answered ?? null },
      { name: 'escalated', title: 'Escalated', kind: 'number', value: ({ run }) => run?.escalated ?? null },
      { name: 'trimmed', title: 'Trimmed', kind: 'number', audience: 'programs', value: ({ run }) => run?.trimmed ?? null },
      { name: 'degraded', title: 'Degraded', kind: 'number', audience: 'programs', value: ({ run }) => run?.degraded ?? null },
      { name: 'median_latency_ms', title: 'Median', kind: 'duration', value: ({ run }) => run?.median_latency_ms ?? null },
      ...measured<Row>(
        'cost_usd',
        'Cost',
        ({ run }) => run?.cost_usd ?? null,
        (usd) => (usd === null ? '–' : formatUsd(usd)),
      ),
    ],
  });
}

/** Each yes or no of both arms as a table of four fields. */
export function pairedTable({ paired, same_evidence }: ReplayAb, name: string): Table {
  type Row = { readonly what: string; readonly evidence: string; readonly pairs: BinaryPairs };
  const rowsOf = (evidence: string, { gate_pass, wholly_grounded }: ReplayAb['paired']): Row[] => [
    { what: 'gate passed', evidence, pairs: gate_pass },
    { what: 'wholly grounded', evidence, pairs: wholly_grounded },
  ];
  return makeTable<Row>({
    name: `${name}-paired`,
    caption: 'The same tasks in both arms',
    whenEmpty: 'Nothing was compared.',
    rows: [...rowsOf('as run', paired), ...rowsOf('same evidence', same_evidence.paired)],
    columns: [
      { name: 'what', title: 'Answers that are', kind: 'word', value: ({ what }) => what },
      { name: 'evidence', title: 'Judged', kind: 'word', value: ({ evidence }) => evidence },
      { name: 'both', title: 'In both', kind: 'number', value: ({ pairs }) => pairs.table.both },
      { name: 'only_with', title: 'With playbooks only', kind: 'number', value: ({ pairs }) => pairs.table.only_with },
      { name: 'only_without', title: 'Without only', kind: 'number', value: ({ pairs }) => pairs.table.only_without },
      { name: 'neither', title: 'In neither', kind: 'number', value: ({ pairs }) => pairs.table.neither },
      ...measured<Row>(
        'p_exact',
        'Exact p',
        ({ pairs }) => pairs.p_raw,
        (p) => (p === null ? 'n/a' : String(Number(p.toPrecision(6)))),
      ),
    ],
  });
}

/** All comparisons of the report, in the order in which they are told. */
export function comparisonsOf({ paired, same_evidence }: ReplayAb): PairedComparison[] {
  return [paired, same_evidence.paired].flatMap(({ gate_pass, wholly_grounded, grounding_rate }) => [
    gate_pass,
    wholly_grounded,
    grounding_rate,
  ]);
}

export function differencesTable(report: ReplayAb, name: string): Table {
  return makeTable<PairedComparison>({
    name: `${name}-differences`,
    caption: 'Differences, with minus without',
    whenEmpty: 'Nothing was compared.',
    rows: comparisonsOf(report),
    columns: DIFFERENCE_COLUMNS,
  });
}

/** Why the gate refused, arm by arm. */
export function reasonsTable({ arms, same_evidence }: ReplayAb, name: string): Table {
  const counts = [arms.with, arms.without, same_evidence.without].map(({ reasons }) => new Map(Object.entries(reasons)));
  const rows = Object.entries(REPLAY_REASONS).filter(([reason]) => counts.some((of) => of.has(reason)));
  return makeTable<(typeof rows)[number]>({
    name: `${name}-reasons`,
    caption: 'Refusals by reason',
    whenEmpty: 'The gate refused no answer.',
    rows,
    columns: [
      { name: 'reason', title: 'Reason', kind: 'word', value: ([reason]) => reason },
      ...[WITH, WITHOUT, SAME_EVIDENCE].map((arm, at) => ({
        name: ['with', 'without', 'without_same_evidence'][at]!,
        title: arm,
        kind: 'number' as const,
        value: ([reason]: (typeof rows)[number]) => counts[at]!.get(reason) ?? 0,
      })),
      { name: 'meaning', title: 'Meaning', kind: 'prose', value: ([, meaning]) => meaning },
    ],
  });
}
