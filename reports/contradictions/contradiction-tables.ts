import type { ContradictionReport, GoldCalibration } from '../../schemas/contradiction-report.ts';
import { CONTRADICTION_VERDICTS, PAIR_ERRORS } from '../../schemas/vocabulary.ts';
import { showInterval } from '../shared/bench-values.ts';
import { formatDuration, formatPart, formatShare, formatUsd } from '../shared/format.ts';
import { interval } from '../shared/measured-columns.ts';
import { makeTable, type Table } from '../shared/table.ts';

const ROWS_SHOWN = 60;

export function hotPagesTable({ hot_pages }: ContradictionReport, name: string): Table {
  return makeTable<ContradictionReport['hot_pages'][number]>({
    name: `${name}-hot-pages`,
    caption: 'Hot pages',
    whenEmpty: 'No page stands in a finding.',
    rows: hot_pages,
    columns: [
      { name: 'slug', title: 'Page', kind: 'name', value: (row) => row.slug },
      { name: 'source_id', title: 'Source', kind: 'name', value: (row) => row.source_id },
      { name: 'appearances', title: 'Findings', kind: 'number', value: (row) => row.appearances },
      { name: 'max_severity', title: 'Worst', kind: 'state', value: (row) => row.max_severity },
    ],
  });
}

export function verdictsTable({ verdict_breakdown: counts }: ContradictionReport, name: string): Table {
  const total = CONTRADICTION_VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
  return makeTable<(typeof CONTRADICTION_VERDICTS)[number]>({
    name: `${name}-verdicts`,
    caption: 'Verdicts',
    whenEmpty: 'There are no verdicts.',
    rows: total === 0 ? [] : CONTRADICTION_VERDICTS,
    columns: [
      { name: 'verdict', title: 'Verdict', kind: 'state', value: (verdict) => verdict },
      { name: 'pairs', title: 'Pairs', kind: 'number', value: (verdict) => counts[verdict] },
      { name: 'share', title: 'Share', kind: 'share', value: (verdict) => counts[verdict] / total },
    ],
  });
}

export function queriesTable({ per_query }: ContradictionReport, name: string): Table {
  return makeTable<ContradictionReport['per_query'][number]>({
    name: `${name}-queries`,
    caption: 'Queries',
    whenEmpty: 'No query was put.',
    rows: per_query,
    rowsShown: ROWS_SHOWN,
    hasSums: true,
    columns: [
      { name: 'query', title: 'Query', kind: 'prose', value: (row) => row.query },
      { name: 'state', title: 'State', kind: 'state', value: (row) => row.state },
      { name: 'result_count', title: 'Results', kind: 'number', value: (row) => row.result_count },
      { name: 'pairs_skipped_by_date', title: 'By date', kind: 'number', value: (row) => row.pairs_skipped_by_date },
      { name: 'pairs_cache_hit', title: 'Cached', kind: 'number', value: (row) => row.pairs_cache_hit },
      { name: 'pairs_judged', title: 'Judged', kind: 'number', value: (row) => row.pairs_judged },
      { name: 'pairs_errored', title: 'Errors', kind: 'number', value: (row) => row.pairs_errored },
      { name: 'findings', title: 'Findings', kind: 'number', value: (row) => row.contradictions.length },
    ],
  });
}

export function tiersTable({ source_tier_breakdown: tiers }: ContradictionReport, name: string): Table {
  return makeTable<readonly [string, number]>({
    name: `${name}-tiers`,
    caption: 'Candidate pairs by source',
    whenEmpty: 'There are no candidates.',
    rows: Object.entries(tiers),
    hasSums: true,
    columns: [
      {
        name: 'tiers',
        title: 'Pages',
        kind: 'word',
        labels: {
          curated_vs_curated: 'curated against curated',
          curated_vs_bulk: 'curated against bulk',
          bulk_vs_bulk: 'bulk against bulk',
          other: 'others',
        },
        value: ([tier]) => tier,
      },
      { name: 'pairs', title: 'Pairs', kind: 'number', value: ([, pairs]) => pairs },
    ],
  });
}

export function errorsTable({ judge_errors: errors }: ContradictionReport, name: string): Table {
  return makeTable<(typeof PAIR_ERRORS)[number]>({
    name: `${name}-errors`,
    caption: 'Judge errors',
    whenEmpty: 'Every pair that was put to the judge has a verdict.',
    rows: errors.total === 0 ? [] : PAIR_ERRORS,
    hasSums: true,
    columns: [
      {
        name: 'error',
        title: 'Error',
        kind: 'word',
        labels: {
          parse_fail: 'unreadable',
          refusal: 'refused to answer',
          timeout: 'no answer in time',
          http_5xx: 'failure of its server',
          unknown: 'anything else',
        },
        value: (error) => error,
      },
      { name: 'pairs', title: 'Pairs', kind: 'number', value: (error) => errors[error] },
    ],
  });
}

export function costTable({ cost_usd: cost, cache, usage, duration_ms }: ContradictionReport, name: string): Table {
  return makeTable<readonly [item: string, shown: string, exact: number]>({
    name: `${name}-cost`,
    caption: 'Cost and cache',
    whenEmpty: 'Nothing is recorded.',
    rows: [
      ['judge', formatUsd(cost.judge), cost.judge],
      ['embedding', formatUsd(cost.embedding), cost.embedding],
      ['total', formatUsd(cost.total), cost.total],
      ['calls', String(usage.calls), usage.calls],
      ['input tokens', String(usage.input_tokens), usage.input_tokens],
      ['output tokens', String(usage.output_tokens), usage.output_tokens],
      ['verdicts from the cache', `${cache.hits} (${formatPart(cache.hits, cache.hits + cache.misses)})`, cache.hits],
      ['verdicts not in the cache', String(cache.misses), cache.misses],
      ['time', formatDuration(duration_ms), duration_ms],
    ],
    columns: [
      { name: 'item', title: 'Item', kind: 'word', value: ([item]) => item },
      { name: 'shown', title: 'Value', kind: 'value', audience: 'people', value: ([, shown]) => shown },
      { name: 'value', title: 'Value', kind: 'number', audience: 'programs', value: ([, , exact]) => exact },
    ],
  });
}

export function goldTable(gold: GoldCalibration, name: string): Table {
  type Row = { readonly metric: string; readonly of: GoldCalibration['precision'] };
  return makeTable<Row>({
    name: `${name}-gold`,
    caption: `Against labelled pairs: ${gold.judged} judged, ${gold.errors} without a verdict`,
    whenEmpty: 'No pair is labelled.',
    rows: [
      { metric: 'precision', of: gold.precision },
      { metric: 'recall', of: gold.recall },
    ],
    columns: [
      { name: 'metric', title: 'Metric', kind: 'word', value: ({ metric }) => metric },
      { name: 'point', title: 'Share', kind: 'share', value: ({ of }) => (of.total === 0 ? null : of.point) },
      ...interval<Row>(
        '95 % interval',
        ({ of }) => (of.total === 0 ? null : [of.lower, of.upper]),
        (ends) => showInterval(ends, (end) => formatShare(end ?? 0)),
      ),
      { name: 'hit', title: 'Right', kind: 'number', value: ({ of }) => of.hit },
      { name: 'total', title: 'Of', kind: 'number', value: ({ of }) => of.total },
    ],
  });
}

export function noticesTable({ notices, calibration, malformed_queries: malformed }: ContradictionReport, name: string): Table {
  return makeTable<string>({
    name: `${name}-notices`,
    caption: 'Notices',
    whenEmpty: 'There is nothing else to know.',
    rows: [
      ...notices,
      ...(calibration.small_sample_note === undefined ? [] : [calibration.small_sample_note]),
      ...(malformed === 0 ? [] : [`Lines of the file of queries that are no query: ${malformed}.`]),
    ],
    columns: [{ name: 'notice', title: 'Notice', kind: 'prose', value: (row) => row }],
  });
}
