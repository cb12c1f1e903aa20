import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasCollection, readCollection, writeCollection, type MeasuredQuery } from './search-collection.ts';
import type { Timed } from './search-peers/time-queries.ts';

/** A Python that has the peers installed (bm25s, numba, PyStemmer, tantivy); those it has not are said to be missing. */
const PYTHON = process.env.LAUTER_BENCH_PYTHON ?? 'python3';
const LOADER = fileURLToPath(new URL('../support/typescript-loader.mjs', import.meta.url));
const JAVASCRIPT_PEERS = ['minisearch', 'flexsearch', 'lunr'] as const;

interface Measured extends Timed {
  readonly build_ms: number;
  readonly load_ms?: number;
}

/** Every engine in a process of its own, one thread, the ten best of each query, title and text as one. */
function measure(folder: string): void {
  const collection = readCollection();
  writeCollection(folder, collection);
  const { documents, queries } = collection;
  say(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`);
  say(`${documents.length} documents (Cranfield, CACM, relational-145), ${queries.length} judged queries, top 10, one thread\n`);
  const built = run<{ build_ms: number; file_bytes: number }>(process.execPath, [
    '--import',
    LOADER,
    program('lauter.ts'),
    folder,
    'build',
  ]);
  if (typeof built === 'string') throw new Error(built);
  const rows = new Map<string, Measured | string>();
  for (const ranking of ['bm25', 'fielded']) {
    const timed = run<Timed & { load_ms: number }>(process.execPath, ['--import', LOADER, program('lauter.ts'), folder, ranking]);
    rows.set(`lauter ${ranking}`, typeof timed === 'string' ? timed : { ...timed, build_ms: built.build_ms });
  }
  for (const name of ['tantivy', 'bm25s']) rows.set(name, run<Measured>(PYTHON, [program('peer.py'), folder, name]));
  const modules = installPeers(folder);
  for (const name of JAVASCRIPT_PEERS)
    rows.set(name, modules ?? run<Measured>(process.execPath, ['--import', LOADER, program('javascript.ts'), folder, name, folder]));
  tell(rows, documents.length, queries);
  say(`\nindex file of lauter ${(built.file_bytes / 1e6).toFixed(1)} MB`);
}

/** Why they cannot be measured; undefined when they are there. */
function installPeers(folder: string): string | undefined {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const done = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...JAVASCRIPT_PEERS], {
    cwd: folder,
    encoding: 'utf8',
  });
  return done.status === 0 ? undefined : `npm could not install it (${lastLine(done.stderr)})`;
}

function run<Result>(command: string, args: readonly string[]): Result | string {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return done.status === 0 ? (JSON.parse(done.stdout) as Result) : lastLine(done.stderr || String(done.error));
}

function tell(rows: ReadonlyMap<string, Measured | string>, documents: number, queries: readonly MeasuredQuery[]): void {
  const reference = rows.get('tantivy');
  say(
    `${'engine'.padEnd(16)}${['queries/s', 'x tantivy', 'docs/s in', 'load ms', 'RSS MB', 'nDCG@10', 'cran', 'cacm', 'rel'].map((one) => one.padStart(11)).join('')}`,
  );
  for (const [name, row] of rows) {
    if (typeof row === 'string') {
      say(`${name.padEnd(16)}  not measured: ${row}`);
      continue;
    }
    const ratio = typeof reference === 'object' ? (row.queries_per_s / reference.queries_per_s).toFixed(2) : 'n/a';
    const quality = ['', 'cranfield/', 'cacm/', 'relational/'].map((part) =>
      meanNdcg(
        queries.filter(({ id }) => id.startsWith(part)),
        row.found,
      ).toFixed(3),
    );
    const cells = [
      row.queries_per_s.toFixed(0),
      ratio,
      ((documents * 1_000) / row.build_ms).toFixed(0),
      row.load_ms?.toFixed(0) ?? '',
      row.rss_mb.toFixed(0),
      ...quality,
    ];
    say(`${name.padEnd(16)}${cells.map((cell) => cell.padStart(11)).join('')}`);
  }
}

/** nDCG@10 with the grade as gain and log2(rank + 1) as discount, the ideal from all judged documents. */
function meanNdcg(queries: readonly MeasuredQuery[], found: Timed['found']): number {
  const gain = (grades: readonly number[]): number =>
    grades.slice(0, 10).reduce((sum, grade, at) => sum + Math.max(0, grade) / Math.log2(at + 2), 0);
  const scores = queries.map(({ id, grades }) => {
    const ideal = gain(Object.values(grades).toSorted((left, right) => right - left));
    return gain((found[id] ?? []).map((document) => grades[document] ?? 0)) / ideal;
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function program(name: string): string {
  return fileURLToPath(new URL(`search-peers/${name}`, import.meta.url));
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (hasCollection()) {
  const folder = mkdtempSync(join(tmpdir(), 'lauter-search-'));
  try {
    measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  spawnSync(process.execPath, ['--import', LOADER, program('../measure-pooled.ts')], { stdio: 'inherit' });
} else say('skipped: real data not present');
