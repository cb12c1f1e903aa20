import type { PairedComparison } from '../../schemas/paired-comparison.ts';
import type { MeasuredArm, MeasuredQuery, QrelsReport } from '../../schemas/qrels-report.ts';
import { DEGRADATIONS_TOLD, LONGMEMEVAL_OUTCOMES } from '../../schemas/vocabulary.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** What a terminal shows of a report: measures with their intervals, what became of the queries, floors, a comparison, and what to know. */
export function tellQrels(report: QrelsReport): string {
  const { comparison, meta } = report;
  const arms = comparison === undefined ? [{ ...report, name: null, latency_ms: meta.latency_ms }] : [comparison.arm_a, comparison.arm_b];
  return [
    headline(report),
    ...tellDegraded(meta.degraded, report.num_q),
    ...arms.flatMap((arm) => [
      ...(arm.name === null ? [] : [`\n${plain(arm.name)}`]),
      tellMeasures(arm),
      tellOutcomes(arm.outcomes),
      tellLatency(arm),
    ]),
    ...(comparison === undefined
      ? []
      : [
          `\nB minus A over the same queries; the smallest p that can be told is ${tellP(comparison.smallest_p)}\n${tellComparisons(comparison.comparisons)}`,
        ]),
    ...tellLists(report),
    ...report.floors.map(tellFloor),
    ...(report.per_query === undefined ? [] : [`\n${tellPerQuery(report.per_query)}`]),
    ...report.notes.map((note) => `note: ${plain(note)}`),
    ...report.refusals.map((refusal) => `refused: ${plain(refusal)}`),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** A figure to four decimals, whole numbers as they are, n/a where there is none. */
export function tellValue(value: number | null): string {
  if (value === null) return 'n/a';
  return Number.isInteger(value) && Math.abs(value) > 1 ? String(value) : value.toFixed(4);
}

function headline({ verdict, num_q, meta }: QrelsReport): string {
  const subject = meta.run_path ?? `${meta.retriever ?? ''} on ${meta.collection ?? ''}`;
  return `${verdict}: ${plain(subject)} by ${plain(meta.qrels_path)}, ${num_q} ${num_q === 1 ? 'query' : 'queries'}, ${meta.averaging}`;
}

function tellDegraded(degraded: QrelsReport['meta']['degraded'], queries: number): string[] {
  return Object.entries(degraded).map(([state, count]) => {
    const words: Readonly<Record<string, string>> = DEGRADATIONS_TOLD;
    return `degraded: ${words[state] ?? state}, ${count} of ${queries} queries`;
  });
}

function tellMeasures({ metrics, intervals }: Pick<MeasuredArm, 'metrics' | 'intervals'>): string {
  const rows = Object.entries(metrics).map(([name, value]) => {
    const interval = intervals[name] ?? null;
    const range = interval === null ? '' : `${tellValue(interval.low)} to ${tellValue(interval.high)}`;
    const share = interval?.hits === undefined ? '' : `${interval.hits} of ${interval.n}`;
    return [plain(name), tellValue(value), range, interval?.method ?? '', share, interval?.note ?? ''];
  });
  return textTable(['measure', 'value', '95 % interval', 'method', 'share', 'note'], rows);
}

function tellOutcomes(outcomes: MeasuredArm['outcomes']): string {
  return `queries: ${LONGMEMEVAL_OUTCOMES.map((outcome) => `${outcome} ${outcomes[outcome]}`).join(', ')}`;
}

function tellLatency({ latency_ms: { p50, p95, p99 } }: Pick<MeasuredArm, 'latency_ms'>): string {
  return p50 === null ? '' : `latency: p50 ${Math.round(p50)} ms, p95 ${Math.round(p95 ?? p50)} ms, p99 ${Math.round(p99 ?? p50)} ms`;
}

function tellComparisons(rows: readonly PairedComparison[]): string {
  return textTable(
    ['measure', 'A', 'B', 'p', 'p Bonferroni', 'p Holm', 'test', 'MDE', 'reading'],
    rows.map((row) => [
      plain(row.metric),
      tellValue(row.mean_a),
      tellValue(row.mean_b),
      ...[row.p_raw, row.p_bonferroni, row.p_holm].map(tellP),
      row.discordant === undefined ? row.test : `${row.test} ${row.discordant.b}:${row.discordant.c}`,
      tellValue(row.mde),
      plain(row.text),
    ]),
  );
}

function tellP(p: number | null): string {
  return p === null ? 'n/a' : String(Number(p.toPrecision(6)));
}

const SHOWN = 10;

function tellLists(report: QrelsReport): string[] {
  const list = (what: string, ids: readonly string[]): string[] => {
    if (ids.length === 0) return [];
    const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : '';
    return [`${what} (${ids.length}): ${ids.slice(0, SHOWN).map(plain).join(', ')}${more}`];
  };
  return [
    ...list('without an answer', report.queries_missing),
    ...list('without a relevant document', report.queries_zero_relevant),
    ...list('without judgments', report.queries_unjudged),
  ];
}

function tellFloor({ metric, floor, value, is_met }: QrelsReport['floors'][number]): string {
  return `floor ${plain(metric)} >= ${floor}: ${tellValue(value)}, ${is_met ? 'held' : 'missed'}`;
}

function tellPerQuery(queries: readonly MeasuredQuery[]): string {
  const names = [...new Set(queries.flatMap(({ metrics }) => Object.keys(metrics)))];
  return textTable(
    ['query', 'outcome', ...names.map(plain)],
    queries.map(({ query_id, outcome, is_counted, metrics }) => [
      plain(query_id),
      outcome,
      ...names.map((name) => (is_counted ? tellValue(metrics[name] ?? null) : 'left out')),
    ]),
  );
}
