import { basename, resolve } from 'node:path';
import { readRows, readTextFile } from '../../adapters/gate/read-rows.ts';
import { writeBaselineFile } from '../../adapters/gate/write-baseline.ts';
import { buildBaseline, findDuplicates, suggestThresholds, writeBaseline, type CarriedThresholds } from '../../domain/gate/index.ts';
import { CollectionError, UsageError } from '../../domain/shared/errors.ts';
import type { ReplayRow } from '../../schemas/baseline.ts';
import type { PublishReport } from '../../schemas/publish-report.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { VERSION } from '../version.ts';
import { readGateReport } from './read-gate-report.ts';
import { syntheticCorpora } from './synthetic-corpora.ts';

export interface PublishOptions extends PlaceOptions {
  readonly from?: string;
  readonly to?: string;
  readonly label?: string;
  readonly force?: boolean;
  readonly public?: boolean;
  readonly suggestThresholds?: string[];
}

/** Reads, checks and freezes captured rows, and writes the baseline. CollectionError or UsageError says what was wrong; then nothing is written. */
export function publishBaseline(
  io: Io,
  options: PublishOptions,
  { thresholds, publishedAt }: { readonly thresholds: CarriedThresholds; readonly publishedAt: string },
): PublishReport {
  const { from, to, force = false } = options;
  if (from === undefined) throw missingFlag('--from', 'the file of captured rows');
  if (to === undefined) throw missingFlag('--to', 'the file to write');
  const rows = readRows(readTextFile(resolve(io.cwd, from), from));
  if (rows.length === 0) throw noRows(from);
  refuseDuplicates(rows, from);
  const isSynthetic = areSynthetic(io, options, rows);
  if (options.public === true && !isSynthetic) throw notSynthetic(from);
  const runs = options.suggestThresholds?.map((name) => readGateReport(io.cwd, name));
  const suggested = runs === undefined ? undefined : suggestThresholds(runs);
  if (suggested === null) throw noPassingRun();
  const label = labelOf(options) ?? '';
  const baseline = buildBaseline(rows, { label, publishedAt, thresholds, lauterVersion: VERSION, isSynthetic });
  writeBaselineFile(resolve(io.cwd, to), writeBaseline(baseline), force);
  const { source_hash, content_hash, corpus_hash, knob_hash, row_count, baseline_mean_latency_ms } = baseline.header;
  return {
    schema_version: 1,
    output_path: to,
    label,
    source_hash,
    content_hash,
    corpus_hash,
    knob_hash,
    row_count,
    baseline_mean_latency_ms,
    thresholds,
    ...(suggested === undefined ? {} : { suggested_thresholds: suggested }),
  };
}

/** The label that was given, else the name of the file without its ending; null without either. */
export function labelOf({ label, to }: PublishOptions): string | null {
  return label ?? (to === undefined ? null : basename(to).replace(/(?:\.baseline)?\.ndjson$/, ''));
}

/** A row says so itself, or names a collection of this workspace that is marked so. */
function areSynthetic(io: Io, options: PlaceOptions, rows: readonly ReplayRow[]): boolean {
  if (rows.every(({ synthetic }) => synthetic === true)) return true;
  const corpora = syntheticCorpora(io, options);
  return rows.every(({ synthetic, corpus_hash }) => synthetic === true || (typeof corpus_hash === 'string' && corpora.has(corpus_hash)));
}

const SHOWN = 5;

function refuseDuplicates(rows: readonly ReplayRow[], from: string): void {
  const duplicates = findDuplicates(rows);
  if (duplicates.length === 0) return;
  const more = duplicates.length > SHOWN ? ` and ${duplicates.length - SHOWN} more` : '';
  throw new CollectionError(
    `publishing a baseline, on ${from}: expected each query once for each tool and sources, found twice: ${duplicates.slice(0, SHOWN).join(', ')}${more}.`,
    'Keep one row of each.',
    { flag: '--from', file: from },
  );
}

function missingFlag(flag: string, what: string): UsageError {
  return new UsageError(`publishing a baseline, on ${flag}: expected ${what}, found none.`, `Name it with ${flag} FILE.`, { flag });
}

function noRows(from: string): CollectionError {
  return new CollectionError(
    `publishing a baseline, on ${from}: expected at least one row, found a header alone.`,
    'Capture searches and export them with `lauter eval export`.',
    { flag: '--from', file: from },
  );
}

function notSynthetic(from: string): CollectionError {
  return new CollectionError(
    `publishing a baseline, on ${from}: expected rows of collections that are marked as synthetic, found others.`,
    'Capture the rows on a made-up collection, or publish for yourself, without --public.',
    { flag: '--public', file: from },
  );
}

function noPassingRun(): CollectionError {
  return new CollectionError(
    'suggesting thresholds: expected a report of a gate with a baseline that passed, found none.',
    'Name reports of `lauter eval gate --baseline FILE --json` that passed.',
    { flag: '--suggest-thresholds' },
  );
}
