import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { literal, openDatabase } from '../../adapters/lake/database.ts';
import { lakeLayout } from '../../adapters/lake/layout.ts';
import { lakeVersion } from '../../adapters/lake/views.ts';
import type { AcceptanceSpace, DoneRuns } from '../../cli/acceptance/space.ts';
import type { JsonObject } from '../../domain/shared/json.ts';

type Kind = 'evidence' | 'scored';

/** Changes files of a kept acceptance space, and puts every one of them back. */
export class Sabotage {
  readonly space: AcceptanceSpace;
  readonly runs: DoneRuns;
  readonly #before = new Map<string, Buffer | undefined>();

  constructor(space: AcceptanceSpace, runs: DoneRuns) {
    this.space = space;
    this.runs = runs;
  }

  /** Everything is as it was. */
  undo(): void {
    for (const [path, bytes] of this.#before) {
      if (bytes === undefined) rmSync(path, { force: true });
      else writeFileSync(path, bytes);
    }
    this.#before.clear();
  }

  /** Writes a file that was not there, relative to the space. */
  create(name: string, text: string): void {
    const path = join(this.space.root, name);
    mkdirSync(dirname(path), { recursive: true });
    this.#before.set(path, undefined);
    writeFileSync(path, text);
  }

  /** Changes the text of a file, relative to the space. */
  edit(name: string, change: (text: string) => string): void {
    const path = join(this.space.root, name);
    const bytes = readFileSync(path);
    this.#remember(path, bytes);
    const text = bytes.toString('utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`${name} would not change: the sabotage misses`);
    writeFileSync(path, changed);
  }

  /** Changes the lines of a file of JSON lines of a run's export. */
  editRows(file: string, change: (rows: JsonObject[]) => JsonObject[], runId = this.runs.main, workspace = 'main'): void {
    this.edit(`${workspace}/exports/${runId}/${file}.jsonl`, (text) => {
      const rows = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as JsonObject);
      return change(rows)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join('');
    });
  }

  /** The rows of a set of the first run. */
  rows(file: string): JsonObject[] {
    const text = readFileSync(join(this.space.main, 'exports', this.runs.main, `${file}.jsonl`), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject);
  }

  /** Writes the stored rows of one Parquet file anew: `columns` are expressions in place of columns, `where` says which rows they are for. */
  async editParquet(kind: Kind, where: string, columns: Readonly<Record<string, string>> | 'remove'): Promise<void> {
    const { parts } = this.#version(kind);
    const tempDir = join(tmpdir(), `sabotage-${process.pid}`);
    const database = await openDatabase({ threads: 1, memoryMb: 256, tempDir });
    try {
      const [found] = await database.rows<{ file: string }>(
        `SELECT filename AS file FROM read_parquet([${parts.map(literal).join(', ')}], filename=true) WHERE ${where} ORDER BY filename LIMIT 1`,
      );
      if (found === undefined) throw new Error(`no row of ${kind} where ${where}: the sabotage misses`);
      const path = found.file;
      this.#remember(path, readFileSync(path));
      const rows =
        columns === 'remove'
          ? `SELECT * FROM read_parquet(${literal(path)}) WHERE NOT (${where})`
          : `SELECT * REPLACE (${Object.entries(columns)
              .map(([name, value]) => `CASE WHEN ${where} THEN ${value} ELSE ${name} END AS ${name}`)
              .join(', ')}) FROM read_parquet(${literal(path)})`;
      await database.run(`COPY (${rows}) TO ${literal(`${path}.new`)} (FORMAT parquet)`);
      renameSync(`${path}.new`, path);
    } finally {
      database.close();
    }
  }

  /** The path of the manifest of a version, relative to the space. */
  manifest(kind: Kind): string {
    const stage = kind === 'evidence' ? 'materialize' : 'score';
    const path = join(this.space.main, 'lake', 'runs', this.runs.main, `${stage}-version.json`);
    return `main/lake/manifests/${kind}/${(JSON.parse(readFileSync(path, 'utf8')) as { manifest: string }).manifest}.json`;
  }

  #version(kind: Kind): { parts: string[] } {
    const layout = lakeLayout(join(this.space.main, 'lake'));
    const version = lakeVersion(layout, this.runs.main)[kind];
    return { parts: (version?.shards ?? []).flatMap((shard) => shard.parts.map((part) => layout.absolute(part.path))) };
  }

  #remember(path: string, bytes: Buffer): void {
    if (!this.#before.has(path)) this.#before.set(path, bytes);
  }
}
