import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT, runLauter } from '../support/run-lauter.ts';
import type { MeasuredHybrid } from './measure-replay-hybrid.ts';
import type { MeasuredWords } from './measure-replay-words.ts';

/** Playbooks of each corpus; `LAUTER_BENCH_RECORDS=446,10001` for a shorter run. */
const SIZES = (process.env.LAUTER_BENCH_RECORDS ?? '446,10001,100000').split(',').map(Number);
/** Public traces whose playbooks are searched, and whose lines the larger corpora are put together from. */
const TRACES = ['trace-tau-bench', 'trace-intercode'].map((folder) => join(PROJECT_ROOT, '../shared/data', folder));
const LOADER = fileURLToPath(new URL('../support/typescript-loader.mjs', import.meta.url));

/** Every retriever over every corpus, words and vectors in processes of their own, beside looking at each row anew. */
async function measure(folder: string): Promise<void> {
  const workspace = join(folder, 'workspace');
  const { code, stderr } = await runLauter(['distill', 'run-all', '--json', '--workspace', workspace, ...TRACES]);
  if (code !== 0) throw new Error(`run-all ended with ${code}: ${stderr}`);
  const playbooks = join(workspace, 'exports', 'latest', 'rag', 'playbooks.jsonl');
  say(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}; 8 best of each task, one thread`);
  for (const size of SIZES) {
    const words = run<MeasuredWords>('measure-replay-words.ts', playbooks, size);
    const hybrid = run<MeasuredHybrid>('measure-replay-hybrid.ts', playbooks, size);
    say(`\n${size.toLocaleString('en')} playbooks, ${words.meanChars.toFixed(0)} characters each`);
    say(`${'retriever'.padEnd(26)}${['p50 ms', 'p95 ms', 'x naive', 'made in s', 'peak MB'].map((cell) => cell.padStart(11)).join('')}`);
    const { naive } = words;
    row('naive jaccard', [naive.p50, naive.p95, 1, null, words.rowsMb]);
    row('jaccard', [words.jaccard.p50, words.jaccard.p95, words.jaccard.p50 / naive.p50, words.madeMs / 1000, words.peakMb]);
    row('bm25', [words.bm25.p50, words.bm25.p95, words.bm25.p50 / naive.p50, words.madeMs / 1000, words.peakMb]);
    row('hybrid', [hybrid.hybrid.p50, hybrid.hybrid.p95, hybrid.hybrid.p50 / naive.p50, hybrid.madeMs / 1000, hybrid.peakMb]);
    row('hybrid, opened again', [hybrid.again.p50, hybrid.again.p95, hybrid.again.p50 / naive.p50, hybrid.openedMs / 1000, null]);
    row('  vectors, exact', [hybrid.exact.p50, hybrid.exact.p95, hybrid.exact.p50 / naive.p50, null, null]);
    const { graph } = hybrid;
    if (graph === null) say('  no graph of neighbours: all vectors are compared');
    else {
      row('  vectors, graph', [graph.p50, graph.p95, graph.p50 / naive.p50, null, null]);
      say(`  recall@8 of the graph against exact: ${graph.recall.toFixed(4)}, worst task ${graph.worst.toFixed(3)}`);
    }
  }
}

function run<Result>(program: string, playbooks: string, size: number): Result {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const out = execFileSync(process.execPath, ['--import', LOADER, path, playbooks, String(size)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(out) as Result;
}

function row(name: string, [p50, p95, ratio, madeS, peakMb]: readonly [number, number, number, number | null, number | null]): void {
  const cells = [p50.toFixed(3), p95.toFixed(3), ratio.toPrecision(2), madeS?.toFixed(1) ?? '', peakMb?.toFixed(0) ?? ''];
  say(`${name.padEnd(26)}${cells.map((cell) => cell.padStart(11)).join('')}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (TRACES.every((folder) => existsSync(folder))) {
  const folder = mkdtempSync(join(tmpdir(), 'lauter-bench-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else say('skipped: real data not present');
