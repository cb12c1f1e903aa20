import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, rmSync, statSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generateChatCorpus } from '../../domain/samples/chat-corpus.ts';
import { createRandom, type Random } from '../../domain/shared/random.ts';
import { replaceWords } from '../support/near-copies.ts';
import { runAll } from './measure-run.ts';

/** Records of the file; `LAUTER_BENCH_RECORDS=20000` for a shorter run. */
const RECORDS = Number(process.env.LAUTER_BENCH_RECORDS ?? '100000');
/** A Python that has the peers installed; those it has not are said to be missing. */
const PYTHON = process.env.LAUTER_BENCH_PYTHON ?? 'python3';
const SEED = 20260302;

/**
 * The same job on the same file: read, keep what is accepted, remove exact and near copies, write JSONL and Parquet. Lauter does it with redaction,
 * scores, receipts and an audit; the others do only that. 5 % of the records are exact copies, 10 % have 5 % of their words replaced.
 */
test('peers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lauter-peers-'));
  try {
    const file = join(folder, 'chat.jsonl');
    writeCorpus(file);
    say(`${cpus().length} cores, Node ${process.version}, ${RECORDS} records, ${(statSync(file).size / 1e6).toFixed(0)} MB, seed ${SEED}`);
    const own = await runAll(join(folder, 'workspace'), file, ['--format', 'jsonl,parquet']);
    const seconds = new Map([['lauter distill run-all', own.seconds]]);
    for (const script of ['polars_datasketch', 'datatrove_minhash', 'text_dedup_minhash']) {
      const path = fileURLToPath(new URL(`peers/${script}.py`, import.meta.url));
      const started = performance.now();
      const done = spawnSync(PYTHON, [path, file, join(folder, script)], { encoding: 'utf8' });
      if (done.status === 0) seconds.set(`${script}: ${done.stdout.trim()}`, (performance.now() - started) / 1000);
      else say(`  ${script}: not measured (${(done.stderr || String(done.error)).trim().split('\n').at(-1)})`);
    }
    const { quarantined, exports } = own.summary;
    say(
      `  lauter: ${exports.sft} SFT rows, duplicates ${JSON.stringify(pick(quarantined, ['exact_duplicate', 'duplicate_text', 'near_duplicate']))}`,
    );
    for (const [name, taken] of seconds)
      say(`  ${name.padEnd(60)} ${taken.toFixed(1).padStart(8)} s ${(taken / own.seconds).toFixed(2).padStart(8)} x`);
    expect(own.summary.verdict).toBe('accepted');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

interface ChatLine {
  id: string;
  task_id: string;
  readonly messages: { readonly role: string; content: string }[];
}

function writeCorpus(path: string): void {
  const random = createRandom(SEED);
  const copies = Math.round(RECORDS * 0.15);
  const originals = [...generateChatCorpus({ seed: SEED, records: RECORDS - copies })];
  const lines = [...originals];
  for (let nth = 0; nth < copies; nth += 1) lines.push(copyOf(random, random.pick(originals), nth, nth % 3 === 0));
  const file = openSync(path, 'wx');
  try {
    const shuffled = random.shuffle(lines);
    for (let at = 0; at < shuffled.length; at += 5000) writeSync(file, `${shuffled.slice(at, at + 5000).join('\n')}\n`);
  } finally {
    closeSync(file);
  }
}

function copyOf(random: Random, line: string, nth: number, isExact: boolean): string {
  const record = JSON.parse(line) as ChatLine;
  record.id = `copy-${nth}`;
  record.task_id = `corpus/copy-${nth}`;
  if (!isExact)
    for (const message of record.messages) if (message.role !== 'system') message.content = replaceWords(random, message.content, 0.05);
  return JSON.stringify(record);
}

function pick(counts: Readonly<Record<string, number>>, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, counts[name] ?? 0]));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
