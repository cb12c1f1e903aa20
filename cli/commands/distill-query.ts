import type { QueryFormat } from '../query-output/query-formats.ts';
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { startFile } from '../../adapters/files/new-file.ts';
import type { Table } from '../../adapters/lake/database.ts';
import { queryLake, saveQuery, type QueryRequest } from '../../adapters/lake/query.ts';
import type { LakeViews } from '../../adapters/lake/views.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';
import { writeCsvRows } from '../query-output/csv-rows.ts';
import { writeJsonRows } from '../query-output/json-rows.ts';
import type { Sink, Written } from '../query-output/piece-writer.ts';
import { writeTableRows } from '../query-output/table-rows.ts';
import { findRunId } from '../runs/find-run.ts';
import { lakeRunIds } from '../runs/lake-runs.ts';

export interface QueryOptions extends PlaceOptions {
  readonly format?: QueryFormat;
  readonly json?: boolean;
  readonly out?: string;
  readonly run?: string;
  readonly all?: boolean;
  readonly timeoutS: number;
  readonly memoryMb: number;
}

const SHOWN_ROWS = 1_000;
/** Each one takes its share of the memory; a question needs no more. */
const MOST_THREADS = 4;

/** `lauter distill query`: one read-only question in SQL about the workspace. */
export async function distillQuery(io: Io, sql: string, options: QueryOptions): Promise<ExitCode> {
  const format = options.json === true ? 'json' : (options.format ?? 'table');
  const workspace = workspaceFolder(io, options);
  if (statSync(workspace, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(
      `looking for the workspace ${workspace}: expected a folder, found none.`,
      'Name another one with --workspace, or make it with `lauter init`.',
    );
  }
  if (format === 'parquet' && options.out === undefined) {
    throw new UsageError(
      'writing Parquet: expected --out FILE, found none.',
      'Name the file, as in `--format parquet --out rows.parquet`.',
    );
  }
  const interrupt = new AbortController();
  const stopListening = io.onInterrupt(() => interrupt.abort());
  const request: QueryRequest = {
    workspace,
    sql,
    runId: options.run === undefined ? undefined : findRunId(lakeRunIds(workspace), options.run),
    limits: { threads: Math.min(MOST_THREADS, availableParallelism()), memoryMb: options.memoryMb, timeoutMs: options.timeoutS * 1000 },
    signal: interrupt.signal,
  };
  try {
    if (options.out !== undefined) await writeToFile(io, request, format, options, resolve(io.cwd, options.out));
    else await writeToStdout(io, request, format as Exclude<QueryFormat, 'parquet'>, options);
    return EXIT.accepted;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    io.err('interrupted; nothing was changed');
    return EXIT.interrupted;
  } finally {
    stopListening();
  }
}

async function writeToStdout(io: Io, request: QueryRequest, format: Exclude<QueryFormat, 'parquet'>, options: QueryOptions): Promise<void> {
  const sink: Sink = io.feed ?? ((piece) => Promise.resolve(io.out(piece)).then(() => true));
  await queryLake(request, async (answer) => {
    tellGaps(io, request.workspace, answer.views);
    const written = await writeRows(answer, format, sink, io.width, options);
    if (written.isCut && format === 'table') {
      io.err(`the first ${written.rows.toLocaleString('en')} rows; --all shows every row, --format json or csv suits programs`);
    }
  });
}

async function writeToFile(io: Io, request: QueryRequest, format: QueryFormat, options: QueryOptions, path: string): Promise<void> {
  const file = startFile(path);
  try {
    const rows =
      format === 'parquet'
        ? await saveQuery(request, file.temporaryPath)
        : await queryLake(request, async (answer) => {
            tellGaps(io, request.workspace, answer.views);
            const sink: Sink = (piece) => Promise.resolve(file.write(piece)).then(() => true);
            return (await writeRows(answer, format, sink, undefined, { ...options, all: true })).rows;
          });
    file.publish();
    io.err(`${rows.toLocaleString('en')} rows written to ${path}`);
  } finally {
    file.discard();
  }
}

function writeRows(
  answer: Table,
  format: Exclude<QueryFormat, 'parquet'>,
  sink: Sink,
  width: number | undefined,
  options: QueryOptions,
): Promise<Written> {
  if (format === 'json') return writeJsonRows(answer, sink);
  if (format === 'csv') return writeCsvRows(answer, sink);
  return writeTableRows(answer, sink, { firstRows: SHOWN_ROWS, showsAll: options.all ?? false, width });
}

function tellGaps(io: Io, workspace: string, { runId, missing }: LakeViews): void {
  if (runId === null) io.err(`no run has ended in ${workspace} yet: the views are empty`);
  if (missing.length > 0) io.err(`exported files of run ${runId ?? ''} are gone, and their rows are missing: ${missing.join(', ')}`);
}
