import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { Plan, SourceShard } from '../../schemas/plan.ts';
import { describePlace } from '../trace-source.ts';
import { evidenceVersionOf, manifestOf, planOf } from './audited-data.ts';
import type { AuditedRun, AuditWatch, AuditWorld, SignedAttempt, StoredPlace } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';

/** Rows that nothing can prove any more. */
export interface Unprovable {
  readonly latest: number;
  readonly older: number;
}

/** Check 1: the files of the audited run are there; of those of earlier runs it is only told how many rows cannot be proved any more. */
export function checkSources({ ports, sources }: AuditWorld, { run_id }: AuditedRun, notes: CheckNotes, watch: AuditWatch): Unprovable {
  const plan = planOf(ports, run_id);
  const rows = rowsByFile(ports, run_id);
  const files = pathsOf(plan);
  let latest = 0;
  for (const [done, [file, path]] of [...files].entries()) {
    watch.progress(done, files.size);
    watch.throwIfStopped();
    const fault = faultOf(sources, path);
    if (fault === undefined) continue;
    const lost = rows.get(file) ?? 0;
    latest += lost;
    notes.add({ where: file, expected: 'a readable file', found: `${fault}; ${amount(lost, 'row')} of it cannot be proved` });
  }
  const older = countOlder(ports, sources, run_id, new Set(files.keys()), notes, watch);
  notes.look(`${amount(files.size, 'file')} of run ${run_id}`);
  return { latest, older };
}

/** Files that only earlier runs read, each counted as the latest of them had it. */
function countOlder(
  ports: AuditWorld['ports'],
  sources: AuditWorld['sources'],
  runId: string,
  seen: Set<string>,
  notes: CheckNotes,
  watch: AuditWatch,
): number {
  let unprovable = 0;
  for (const earlier of ports.runs.list().filter((id) => id < runId && !id.startsWith('.') && ports.runs.has(id, 'materialize-version'))) {
    watch.throwIfStopped();
    const rows = unlessDamaged(() => rowsByFile(ports, earlier));
    for (const [file, path] of unlessDamaged(() => pathsOf(planOf(ports, earlier))) ?? []) {
      if (seen.has(file)) continue;
      seen.add(file);
      const fault = faultOf(sources, path);
      const lost = rows?.get(file) ?? 0;
      if (fault === undefined || lost === 0) continue;
      unprovable += lost;
      notes.warn(`${file}, last read by run ${earlier}: ${fault}; ${amount(lost, 'row')} of that run cannot be proved any more`);
    }
  }
  return unprovable;
}

/** A log that was rotated away is gone as a file, and is not lost. */
function faultOf(sources: AuditWorld['sources'], path: string): string | undefined {
  return sources.isRotated(path) ? undefined : sources.fault(path);
}

/** An earlier run is not what is audited: what is left of it counts. */
function unlessDamaged<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LauterError) return undefined;
    throw error;
  }
}

function pathsOf(plan: Plan): Map<string, string> {
  return new Map(plan.shards.flatMap(({ parts }) => parts.map(({ source_file, path }): [string, string] => [source_file, path])));
}

function rowsByFile(ports: AuditWorld['ports'], runId: string): Map<string, number> {
  const rows = new Map<string, number>();
  for (const { file, evidence } of evidenceVersionOf(ports, runId).counts.files) rows.set(file, (rows.get(file) ?? 0) + evidence);
  return rows;
}

/**
 * Check 4: reads every source file once, part by part as the run did, signs its attempts anew and finds each stored row of the shard among them.
 * Only the ids of one shard are in memory.
 */
export async function checkSignatures(world: AuditWorld, run: AuditedRun, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const { shards } = planOf(world.ports, run.run_id);
  const evidence = manifestOf(world.ports, run.run_id, 'materialize');
  let [proved, rotated, unprovable] = [0, 0, 0];
  for (const [done, shard] of shards.entries()) {
    watch.progress(done, shards.length);
    const rows = new ShardRows(await world.lake.placesOf(evidence, shard.key));
    const unread = await readAgain(world, run, shard, rows, notes, watch);
    rotated += await readRotated(world, run, shard, rows, notes, watch);
    proved += rows.proved;
    for (const row of rows.rest()) {
      if (unread.has(row.source_file)) unprovable += 1;
      else notes.add(missing(row, rows.wasSeen(row.id)));
    }
  }
  if (unprovable > 0) notes.warn(`${amount(unprovable, 'row')} of files that cannot be read: nothing was held against them`);
  const ofThem = rotated === 0 ? '' : `, ${rotated} of them rotated since`;
  notes.look(`${amount(proved, 'row')} signed again from their sources${ofThem}`);
}

/** Returns the files of the shard that could not be read. */
async function readAgain(
  { sources }: AuditWorld,
  { settings }: AuditedRun,
  { parts, adapter, options }: SourceShard,
  rows: ShardRows,
  notes: CheckNotes,
  watch: AuditWatch,
): Promise<Set<string>> {
  const unread = new Set<string>();
  for (const part of parts) {
    watch.throwIfStopped();
    if (sources.fault(part.path) !== undefined) {
      if (!sources.isRotated(part.path)) unread.add(part.source_file);
      continue;
    }
    try {
      for await (const attempt of sources.read({ part, adapter, options, maxRecordBytes: settings.max_record_bytes })) {
        watch.throwIfStopped();
        const stored = rows.take(part.source_file, attempt);
        if (stored === undefined) continue;
        notes.hold(whereOf(stored), `sig_hash ${attempt.sigHash}, as the source signs`, `sig_hash ${stored.sig_hash}, as the source signs`);
      }
    } catch (error) {
      if (!(error instanceof LauterError)) throw error;
      unread.add(part.source_file);
      notes.add({ where: part.source_file, expected: 'the file that the run read', found: error.message });
    }
  }
  return unread;
}

/** Looks for what is missing in a log in what it was rotated into. Returns the number of rows that are found there. */
async function readRotated(
  { sources }: AuditWorld,
  { settings }: AuditedRun,
  { parts, adapter, options }: SourceShard,
  rows: ShardRows,
  notes: CheckNotes,
  watch: AuditWatch,
): Promise<number> {
  const before = rows.proved;
  const byFile = new Map(parts.filter(({ path }) => sources.isRotated(path)).map((part) => [part.source_file, part]));
  for (const part of byFile.values()) {
    const missing = rows.missingOf(part.source_file);
    if (missing.size === 0) continue;
    try {
      for await (const attempt of sources.readRotated({ part, adapter, options, maxRecordBytes: settings.max_record_bytes })) {
        watch.throwIfStopped();
        const stored = missing.get(attempt.evidenceId)?.pop();
        if (stored !== undefined) rows.prove(stored);
      }
    } catch (error) {
      if (!(error instanceof LauterError)) throw error;
      notes.add({ where: part.source_file, expected: 'readable segments of what was rotated', found: error.message });
    }
  }
  return rows.proved - before;
}

/** The stored rows of a shard that were not found in their sources yet. */
class ShardRows {
  readonly #rows = new Map<string, StoredPlace>();
  readonly #ids: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  proved = 0;

  constructor(rows: readonly StoredPlace[]) {
    for (const row of rows) this.#rows.set(keyOf(row.id, row.source_file, row.line_offset, JSON.parse(row.locator) as JsonValue), row);
    this.#ids = new Set(rows.map(({ id }) => id));
  }

  /** The row that stands for an attempt, in its place. */
  take(sourceFile: string, { evidenceId, line, locator }: SignedAttempt): StoredPlace | undefined {
    if (!this.#ids.has(evidenceId)) return undefined;
    this.#seen.add(evidenceId);
    const key = keyOf(evidenceId, sourceFile, line, locator as JsonValue);
    const row = this.#rows.get(key);
    if (this.#rows.delete(key)) this.proved += 1;
    return row;
  }

  /** Rows of a file that were not found, by their ids. */
  missingOf(sourceFile: string): Map<string, StoredPlace[]> {
    const missing = new Map<string, StoredPlace[]>();
    for (const row of this.#rows.values()) if (row.source_file === sourceFile) missing.set(row.id, [...(missing.get(row.id) ?? []), row]);
    return missing;
  }

  /** Of an id that is computed from the signature of its record, whatever its place. */
  prove({ id, source_file, line_offset, locator }: StoredPlace): void {
    if (this.#rows.delete(keyOf(id, source_file, line_offset, JSON.parse(locator) as JsonValue))) this.proved += 1;
  }

  wasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  rest(): Iterable<StoredPlace> {
    return this.#rows.values();
  }
}

function keyOf(id: string, sourceFile: string, line: number, locator: JsonValue): string {
  return `${id}\n${sourceFile}\n${line}\n${canonicalJson(locator)}`;
}

function missing(row: StoredPlace, isElsewhere: boolean): { where: string; expected: string; found: string } {
  return {
    where: whereOf(row),
    expected: `the record with sig_hash ${row.sig_hash}`,
    found: isElsewhere ? 'another one; the record stands in another place' : 'another one, or none',
  };
}

function whereOf({ id, source_file, line_offset, locator }: StoredPlace): string {
  return `evidence ${id}, read from ${source_file}, ${describePlace(JSON.parse(locator) as SignedAttempt['locator'], line_offset)}`;
}
