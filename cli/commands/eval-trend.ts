import { resolve } from 'node:path';
import { nowMs } from '../../adapters/clock.ts';
import { evalLedgerPath } from '../../adapters/files/eval-ledger.ts';
import { readEvalLedger } from '../../adapters/files/read-eval-ledger.ts';
import { makeTrend, measureRecord, pickTrendRecords, type MeasuredRecord } from '../../domain/comparison/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { EvalReadRecord } from '../../schemas/eval-record.ts';
import type { EvalTrend } from '../../schemas/eval-trend.ts';
import { tellReport } from '../bench/tell-report.ts';
import { readRows } from '../comparison/read-rows.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';
import { shellWord } from '../search/shell-words.ts';
import { tellTrend } from '../trend/tell-trend.ts';
import { VERSION } from '../version.ts';

export interface EvalTrendOptions extends PlaceOptions, GlossaryChoice {
  readonly suite?: string;
  readonly metric?: string;
  readonly mode?: string;
  readonly days?: number;
  readonly input?: string;
  readonly report?: string;
  readonly json?: boolean;
}

/** Those that `lauter eval compare` has unless told otherwise, so that both print the same intervals. */
const CHANCE = { seed: 42, resamples: 10_000 };

/** `lauter eval trend`: what the records of the ledger came to, one after the other. */
export async function evalTrend(io: Io, options: EvalTrendOptions, nowIsMs = nowMs()): Promise<ExitCode> {
  const trend = await readTrend(io, options, nowIsMs);
  if (options.report !== undefined) {
    const { renderEvalTrend } = await import('../../reports/trend/render-eval-trend.ts');
    tellReport(io, options.report, renderEvalTrend(trend));
  }
  const below = glossaryBelow(
    options,
    trend.series.map(({ metric }) => metric),
  );
  io.out(options.json === true ? JSON.stringify(trend, null, 2) : tellTrend(trend) + below);
  return EXIT.accepted;
}

async function readTrend(io: Io, options: EvalTrendOptions, nowIsMs: number): Promise<EvalTrend> {
  const { suite, mode, days, metric, input } = options;
  const path = input === undefined ? evalLedgerPath(workspaceFolder(io, options)) : resolve(io.cwd, input);
  const ledger = await readEvalLedger(path, input ?? 'ledger/eval-results.jsonl');
  const records = pickTrendRecords(ledger.records, { suite, mode, days, nowMs: nowIsMs });
  const measured: MeasuredRecord[] = [];
  // One after the other: the rows of all records may not fit into memory.
  for (const record of records) measured.push(await measureRecord(record, () => readRows(record, path), { metric, ...CHANCE }));
  requireMetric(measured, metric);
  return makeTrend(measured, {
    ...CHANCE,
    days: days ?? null,
    notices: ledger.isChained ? [] : ['The rows of the ledger are not chained, so nobody can tell whether one of them was changed.'],
    malformedLines: ledger.malformed.length,
    lauterVersion: VERSION,
    command: ['lauter', ...(io.args ?? [])].map(shellWord).join(' '),
  });
}

function requireMetric(measured: readonly MeasuredRecord[], metric: string | undefined): void {
  const counted = measured.filter(({ record }) => record.status === 'completed');
  if (metric === undefined || counted.length === 0 || counted.some(({ value }) => value !== null)) return;
  throw new UsageError(
    `looking for a trend, on --metric ${metric}: expected a metric of the records, found no value of it.`,
    `Name one of ${namesOf(counted.map(({ record }) => record)).join(', ') || 'those that the rows hold: the records tell none'}.`,
    { flag: '--metric', value: metric },
  );
}

function namesOf(records: readonly EvalReadRecord[]): string[] {
  return [...new Set(records.flatMap(({ metrics, params }) => Object.keys(metrics ?? params?.metrics ?? {})))].sort();
}
