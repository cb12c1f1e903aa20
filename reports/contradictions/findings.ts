import type { ContradictionEnd, ContradictionFinding, ContradictionReport } from '../../schemas/contradiction-report.ts';
import { SEVERITIES } from '../../schemas/vocabulary.ts';
import { formatShare } from '../shared/format.ts';
import type { Pair, Side } from '../shared/side-by-side.ts';
import { describeState } from '../shared/states.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';

/** A finding, and the queries or the attribute of an entity that led to it. */
export interface FoundPair {
  readonly finding: ContradictionFinding;
  readonly from: readonly string[];
}

const ROWS_SHOWN = 40;

/** Every finding once, the worst first, then those the judge is surest of. */
export function findingsOf({ per_query, entities }: ContradictionReport): FoundPair[] {
  const all = [
    ...per_query.flatMap(({ query, contradictions }) => contradictions.map((finding) => ({ finding, from: query }))),
    ...(entities?.contradictions ?? []).map((finding) => ({ finding, from: `${finding.entity}: ${finding.attribute}` })),
  ];
  const found = new Map<string, { finding: ContradictionFinding; from: string[] }>();
  for (const { finding, from } of all) {
    const known = found.get(finding.finding_id);
    if (known === undefined) found.set(finding.finding_id, { finding, from: [from] });
    else if (!known.from.includes(from)) known.from.push(from);
  }
  return [...found.values()].toSorted((a, b) => rankOf(b) - rankOf(a) || b.finding.confidence - a.finding.confidence);
}

/** Findings for people: both texts, their dates and tiers, and what to type. */
export function pairsOf(findings: readonly FoundPair[]): Pair[] {
  return findings.map(({ finding, from }) => ({
    state: finding.severity,
    title: `${describeState(finding.verdict).label}${finding.axis === '' ? '' : `: ${finding.axis}`}`,
    facts: [`confidence ${formatShare(finding.confidence)}`, KINDS[finding.kind], `found by ${from.join('; ')}`],
    sides: [sideOf(finding.a), sideOf(finding.b)],
    step: { sentence: `${RESOLUTIONS[finding.resolution_kind]} To note the decision:`, command: finding.resolution_command },
  }));
}

/** Findings as rows; programs get both texts in full. */
export function findingsTable(findings: readonly FoundPair[], name: string): Table {
  return makeTable<FoundPair>({
    name: `${name}-findings`,
    caption: 'Findings, the worst first',
    whenEmpty: 'The judge found none.',
    rows: findings,
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'finding_id', title: 'Finding', kind: 'word', value: ({ finding }) => finding.finding_id },
      { name: 'severity', title: 'Severity', kind: 'state', value: ({ finding }) => finding.severity },
      { name: 'verdict', title: 'Verdict', kind: 'state', value: ({ finding }) => finding.verdict },
      { name: 'kind', title: 'Kind', kind: 'word', audience: 'programs', value: ({ finding }) => finding.kind },
      { name: 'confidence', title: 'Sure', kind: 'share', value: ({ finding }) => finding.confidence },
      { name: 'axis', title: 'On', kind: 'prose', value: ({ finding }) => finding.axis || null },
      ...endColumns('a'),
      ...endColumns('b'),
      { name: 'resolution_kind', title: 'Resolution', kind: 'word', value: ({ finding }) => finding.resolution_kind },
      {
        name: 'resolution_command',
        title: 'Command',
        kind: 'name',
        audience: 'programs',
        value: ({ finding }) => finding.resolution_command,
      },
      { name: 'found_by', title: 'Found by', kind: 'prose', audience: 'programs', value: ({ from }) => from.join('; ') },
    ],
  });
}

const KINDS: Readonly<Record<ContradictionFinding['kind'], string>> = {
  cross_slug_chunks: 'passages of two pages',
  intra_page_chunks: 'passages of one page',
  intra_page_chunk_take: 'a passage and a take of one page',
};

const RESOLUTIONS: Readonly<Record<ContradictionFinding['resolution_kind'], string>> = {
  takes_supersede: 'Replace the take by what the page says.',
  dream_synthesize: 'Write the curated page anew from both.',
  takes_mark_debate: 'Mark the take as disputed.',
  manual_review: 'Read both and decide.',
  temporal_supersede: 'Let the newer text stand.',
  flag_for_review: 'Look into it: it went back to what it was.',
  log_timeline_change: 'Note the change in the timeline.',
};

function rankOf({ finding }: FoundPair): number {
  return SEVERITIES.indexOf(finding.severity);
}

function sideOf(end: ContradictionEnd): Side {
  return {
    name: `${end.source_id}::${end.slug}`,
    facts: [
      end.effective_date === null
        ? 'no date'
        : `${end.effective_date}${end.effective_date_source === null ? '' : ` (${end.effective_date_source})`}`,
      end.source_tier,
      ...(end.take_row_num === null ? [] : [`take ${end.take_row_num}`]),
      ...(end.holder === null ? [] : [`held by ${end.holder}`]),
    ],
    text: end.text,
  };
}

function endColumns(end: 'a' | 'b'): ColumnOf<FoundPair>[] {
  const column = (name: string, read: (of: ContradictionEnd) => string | number | null): ColumnOf<FoundPair> => ({
    name: `${end}_${name}`,
    title: `${end} ${name}`,
    kind: 'name',
    audience: 'programs',
    value: ({ finding }) => read(finding[end]),
  });
  return [
    { name: end, title: `Page ${end}`, kind: 'name', audience: 'people', value: ({ finding }) => finding[end].slug },
    column('source_id', (of) => of.source_id),
    column('slug', (of) => of.slug),
    column('chunk_id', (of) => of.chunk_id),
    column('take_row_num', (of) => of.take_row_num),
    column('tier', (of) => of.source_tier),
    column('date', (of) => of.effective_date),
    column('date_source', (of) => of.effective_date_source),
    column('text', (of) => of.text),
  ];
}
