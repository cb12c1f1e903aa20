import { basename, join } from 'node:path';
import type {
  BenchJudgeRow,
  BenchModelRow,
  BenchResultSet,
  BenchRetrievalRow,
  BenchRunRow,
  BenchTable,
} from '../../schemas/bench-results.ts';
import { listSets, type StoredSet } from './bench-results.ts';
import { BENCH_TABLES } from './bench-tables.ts';
import { literal, parquetFiles, type Database } from './database.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { withDatabase } from './shard-draft.ts';

/** The stored runs of a bench, read from the current manifest. Rows come in the order of their keys. */
export interface BenchResults {
  runs(): Promise<BenchRunRow[]>;
  /** Models of these runs; of all runs unless stated. */
  models(runIds?: readonly string[]): Promise<BenchModelRow[]>;
  /** Questions of these runs in one mode. */
  retrieval(runIds: readonly string[], mode: string): Promise<BenchRetrievalRow[]>;
  judge(runIds: readonly string[]): Promise<BenchJudgeRow[]>;
}

const LIMITS = { threads: 1, memoryMb: 512 };

/** Reads the results of a workspace; there need not be any. WorkspaceError when a newer Lauter wrote them. */
export async function withBenchResults<Result>(workspace: string, work: (results: BenchResults) => Promise<Result>): Promise<Result> {
  const layout = lakeLayout(join(workspace, 'lake'));
  const sets = listSets(layout);
  return withDatabase(layout, LIMITS, (database) => work(resultsIn(layout, database, sets)));
}

function resultsIn(layout: LakeLayout, database: Database, sets: readonly StoredSet[]): BenchResults {
  const read = async <Table extends BenchTable>(
    table: Table,
    of: readonly StoredSet[],
    where = '',
  ): Promise<BenchResultSet[Table][number][]> => {
    const paths = of
      .flatMap(({ shard }) => shard.parts.filter(({ path }) => basename(path) === `${table}.parquet`))
      .map(({ path }) => layout.absolute(path));
    if (paths.length === 0) return [];
    return database.rows(`SELECT * FROM ${parquetFiles(paths)} ${where} ORDER BY ${BENCH_TABLES[table].key}`);
  };
  const named = (runIds?: readonly string[]): readonly StoredSet[] =>
    runIds === undefined ? sets : sets.filter(({ runId }) => runIds.includes(runId));
  return {
    runs: () => read('bench_runs', sets),
    models: (runIds) => read('bench_models', named(runIds)),
    retrieval: (runIds, mode) => read('bench_retrieval', named(runIds), `WHERE mode = ${literal(mode)}`),
    judge: (runIds) => read('bench_judge', named(runIds)),
  };
}
