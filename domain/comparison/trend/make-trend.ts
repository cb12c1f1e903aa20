import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import type { EvalTrend, TrendChange, TrendPoint, TrendSeries } from '../../../schemas/eval-trend.ts';
import { glossaryBlock } from '../../glossary/index.ts';
import { makeFooter } from '../../reproducibility/index.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { uidOf } from '../arms/arm.ts';
import { orderRecords } from '../arms/order-arms.ts';
import type { MeasuredRecord } from './measure-record.ts';

/** What a trend says beside its records. */
export interface TrendFacts {
  readonly days: number | null;
  readonly notices: readonly string[];
  readonly malformedLines: number;
  readonly seed: number;
  readonly resamples: number;
  readonly lauterVersion: string;
  /** As it was typed. */
  readonly command: string;
}

/** Records, oldest first, as one series for each suite, mode and metric; modes from the cheapest on. */
export function makeTrend(measured: readonly MeasuredRecord[], facts: TrendFacts): EvalTrend {
  const groups = groupBySeries(measured);
  const order = orderRecords(measured.map(({ record }) => record)).map(({ mode }) => mode);
  const series = [...groups.values()]
    .map(seriesOf)
    .sort(
      (left, right) =>
        compareCodePoints(left.suite, right.suite) ||
        order.indexOf(left.mode) - order.indexOf(right.mode) ||
        compareCodePoints(left.metric, right.metric),
    );
  return {
    schema_version: 1,
    days: facts.days,
    series,
    notices: [...facts.notices],
    malformed_lines: facts.malformedLines,
    _meta: {
      ...glossaryBlock(series.map(({ metric }) => metric)),
      footer: footerOf(
        measured.map(({ record }) => record),
        facts,
      ),
    },
  };
}

function groupBySeries(measured: readonly MeasuredRecord[]): Map<string, MeasuredRecord[]> {
  const groups = new Map<string, MeasuredRecord[]>();
  for (const one of measured) {
    const key = JSON.stringify([one.record.suite, one.record.mode, one.metric]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

function seriesOf(measured: readonly MeasuredRecord[]): TrendSeries {
  const [{ record, metric }] = measured as [MeasuredRecord];
  let before: EvalReadRecord | undefined;
  const points = measured.map((one): TrendPoint => {
    const point = pointOf(one, before);
    if (point.value !== null) before = one.record;
    return point;
  });
  return { suite: record.suite, mode: record.mode, metric, points };
}

function pointOf({ record, value, n, ci95, method, source, note }: MeasuredRecord, before: EvalReadRecord | undefined): TrendPoint {
  const changed = before === undefined ? [] : CHANGES.filter(([, field]) => hasChanged(before, record, field)).map(([change]) => change);
  return {
    run_id: record.run_id,
    run_uid: record.run_uid ?? null,
    ran_at: record.ran_at,
    status: record.status,
    commit: textOf(record, 'commit'),
    dataset_hash: textOf(record, 'dataset_hash'),
    question_set_hash: textOf(record, 'question_set_hash'),
    knob_hash: textOf(record, 'knob_hash'),
    corpus_hash: textOf(record, 'corpus_hash'),
    value,
    n,
    ci95,
    method,
    source,
    changed,
    starts_anew: before === undefined || changed.includes('questions') || !isSameDataset(before, record),
    note,
  };
}

const CHANGES: readonly (readonly [TrendChange, string])[] = [
  ['dataset', 'dataset_hash'],
  ['questions', 'question_set_hash'],
  ['knobs', 'knob_hash'],
  ['corpus', 'corpus_hash'],
  ['commit', 'commit'],
];

/** Only what both records tell can be said to have changed. */
function hasChanged(before: EvalReadRecord, now: EvalReadRecord, field: string): boolean {
  const [was, is] = [textOf(before, field), textOf(now, field)];
  return was !== null && is !== null && was !== is;
}

/** What nobody knows may be another one. */
function isSameDataset(before: EvalReadRecord, now: EvalReadRecord): boolean {
  const hash = textOf(now, 'dataset_hash');
  return hash !== null && hash === textOf(before, 'dataset_hash');
}

function textOf(record: EvalReadRecord, field: string): string | null {
  const value = record[field];
  return typeof value === 'string' && value !== '' && value !== 'unknown' ? value : null;
}

function footerOf(
  records: readonly EvalReadRecord[],
  { seed, resamples, lauterVersion, command }: TrendFacts,
): EvalTrend['_meta']['footer'] {
  const commits = records.map((record) => textOf(record, 'commit'));
  const times = records.map(({ ran_at }) => ran_at);
  const datasets = records.map((record) => ({
    suite: record.suite,
    name: textOf(record, 'dataset_name'),
    sha256: textOf(record, 'dataset_hash'),
  }));
  return makeFooter({
    commit: commits.length === 0 || commits.includes(null) ? null : [...new Set(commits)].join(', '),
    lauter_version: lauterVersion,
    datasets: distinct(datasets),
    seed,
    resamples,
    arms: distinct(records.map((record) => ({ arm: `${record.suite} ${record.mode}`, knob_hash: textOf(record, 'knob_hash') }))),
    commands: [command],
    run_ids: records.map(uidOf),
    started_at: times[0] ?? null,
    finished_at: times.at(-1) ?? null,
  });
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
