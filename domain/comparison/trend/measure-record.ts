import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import type { TrendPoint } from '../../../schemas/eval-trend.ts';
import type { QuestionRows } from '../../shared/question-rows.ts';
import { measureArms } from '../arms/measure-arms.ts';
import { usualMetrics } from '../arms/metrics.ts';
import { scoreArms } from '../arms/score-arms.ts';

/** What a record came to in one metric. */
export interface MeasuredRecord extends Pick<TrendPoint, 'value' | 'n' | 'ci95' | 'method' | 'source' | 'note'> {
  readonly record: EvalReadRecord;
  readonly metric: string;
}

export interface RecordSettings {
  /** The record's headline unless stated, else the first of the suite's usual metrics. */
  readonly metric?: string | undefined;
  readonly seed: number;
  readonly resamples: number;
}

/**
 * The mean of a record with its interval, computed from its rows; where they are not there as the ledger names them, the mean that the record tells, without
 * an interval and with the reason. A record that was not completed has no value. `rows` is asked for completed records alone.
 */
export async function measureRecord(
  record: EvalReadRecord,
  rows: () => Promise<QuestionRows>,
  { metric = headlineOf(record), seed, resamples }: RecordSettings,
): Promise<MeasuredRecord> {
  if (record.status !== 'completed') return { ...NOTHING, record, metric, note: `${record.status}: does not count` };
  const told = (record.metrics ?? record.params?.metrics ?? {})[metric] ?? null;
  const read = await rows();
  if (!read.ok) return { ...asTold(told, `no interval: expected ${read.expected}, found ${read.found}`), record, metric };
  const arm = { name: record.mode, record, questions: read.questions };
  const [own] = measureArms(record.suite, [arm], [metric], scoreArms([arm], null), { seed, resamples, alpha: 0.05 });
  if (own === undefined || own.mean === null)
    return { ...asTold(told, `no interval: no question has a value of ${metric}`), record, metric };
  const { mean, n, ci95, method } = own;
  const isOther = told !== null && Math.abs(told - mean) > TOLERANCE;
  return { record, metric, value: mean, n, ci95, method, source: 'rows', note: isOther ? `the record says ${told}` : null };
}

const TOLERANCE = 1e-6;
const NOTHING = { value: null, n: null, ci95: null, method: null, source: null, note: null };

function headlineOf({ headline, suite }: EvalReadRecord): string {
  return typeof headline === 'string' && headline !== '' ? headline : usualMetrics(suite)[0]!;
}

function asTold(told: number | null, note: string): Omit<MeasuredRecord, 'record' | 'metric'> {
  return { ...NOTHING, value: told, source: told === null ? null : 'record', note };
}
