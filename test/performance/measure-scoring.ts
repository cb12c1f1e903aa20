import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { streamOf } from '../../domain/stats/sfc32.ts';

/** A run from disk, as large as those of the large tracks: 5,000 queries with 1,000 results each, 50 judgments a query, four measures. */
const QUERIES = 5_000;
const RESULTS = 1_000;
const JUDGED = 50;
const REPEATS = 3;
const PROGRAM = fileURLToPath(new URL('../../dist/cli/bin.cjs', import.meta.url));
/** A Python that has pytrec_eval; `python3` unless stated. */
const PYTHON = process.env.LAUTER_BENCH_PYTHON ?? 'python3';

const PEER = `
import sys, pytrec_eval
with open(sys.argv[1]) as f: qrels = pytrec_eval.parse_qrel(f)
with open(sys.argv[2]) as f: run = pytrec_eval.parse_run(f)
found = pytrec_eval.RelevanceEvaluator(qrels, {'map', 'ndcg_cut_10', 'P_10', 'recall_100'}).evaluate(run)
print(sum(row['map'] for row in found.values()) / len(found))
`;

function writeFiles(folder: string): { readonly run: string; readonly qrels: string } {
  const next = streamOf('scoring');
  const [run, qrels] = [join(folder, 'run.txt'), join(folder, 'qrels.txt')];
  const [runFile, qrelsFile] = [openSync(run, 'w'), openSync(qrels, 'w')];
  for (let query = 0; query < QUERIES; query += 1) {
    let score = 30;
    const lines: string[] = [];
    const grades = new Map<string, number>();
    for (let place = 0; place < RESULTS; place += 1) {
      score -= (next() / 0x1_0000_0000) * 0.02;
      const doc = `D${String(place * 9_973 + (next() % 9_973)).padStart(8, '0')}`;
      lines.push(`q${query} Q0 ${doc} ${place + 1} ${score.toFixed(4)} peer\n`);
      if (next() % RESULTS < JUDGED / 2) grades.set(doc, next() % 4);
    }
    while (grades.size < JUDGED) grades.set(`E${next() % 10_000_000}`, next() % 3);
    writeSync(runFile, lines.join(''));
    writeSync(qrelsFile, [...grades].map(([doc, grade]) => `q${query} 0 ${doc} ${grade}\n`).join(''));
  }
  closeSync(runFile);
  closeSync(qrelsFile);
  return { run, qrels };
}

/** Seconds from start to end, the quickest of several; undefined where it cannot be run. */
function time(work: () => boolean): number | undefined {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const started = performance.now();
    if (!work()) return undefined;
    times.push((performance.now() - started) / 1000);
  }
  return Math.min(...times);
}

const runs = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: ['ignore', 'ignore', 'ignore'] }).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'lauter-scoring-'));
try {
  const { run, qrels } = writeFiles(folder);
  const hashed = time(() => createHash('sha256').update(readFileSync(run)).digest('hex').length === 64)!;
  const lauter = time(() =>
    runs(process.execPath, [PROGRAM, 'eval', 'qrels', '--qrels', qrels, '--run', run, '--metrics', 'MAP,nDCG@10,P@10,R@100']),
  );
  const peer = time(() => runs(PYTHON, ['-c', PEER, qrels, run]));
  const tell = (what: string, seconds: number | undefined): string =>
    `${what.padEnd(52)} ${seconds === undefined ? 'not there' : `${seconds.toFixed(2)} s  ${(seconds / hashed).toFixed(1)} x the hash`}`;
  process.stdout.write(
    [
      `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}; quickest of ${REPEATS}, whole processes`,
      `${QUERIES} queries x ${RESULTS} results, four measures`,
      tell('reading the run and hashing it', hashed),
      tell('lauter eval qrels, with intervals of all four', lauter),
      tell('pytrec_eval, without intervals', peer),
      ...(lauter === undefined || peer === undefined ? [] : [`lauter takes ${(lauter / peer).toFixed(2)} of its time`]),
      '',
    ].join('\n'),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
