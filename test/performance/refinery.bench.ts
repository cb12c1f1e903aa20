import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Client, Connection } from '@temporalio/client';
import { expect, test } from 'vitest';
import { generateChatCorpus } from '../../domain/samples/chat-corpus.ts';
import { runAll, type Measured } from './measure-run.ts';
import { readUsage, type Usage } from './watch-process.ts';

/** Records of each run; `LAUTER_BENCH_RECORDS=10000,100000` for a shorter one. */
const SIZES = (process.env.LAUTER_BENCH_RECORDS ?? '10000,100000,500000').split(',').map(Number);
const SEED = 20260302;

/** A cold run beside DuckDB's own conversion of the same file, a second run, and one after 1 % more lines, size by size. */
test('refinery', async () => {
  say(
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, seed ${SEED}`,
  );
  const colds: { records: number; seconds: number }[] = [];
  for (const records of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'lauter-bench-'));
    try {
      const file = join(folder, 'chat.jsonl');
      writeCorpus(file, 0, records);
      const reference = await convertWithDuckDb(file, join(folder, 'reference.parquet'));
      const workspace = join(folder, 'workspace');
      const cold = await runAll(workspace, file, ['--keep-server']);
      const engine = await engineUse(workspace, cold);
      const warm = await runAll(workspace, file);
      writeCorpus(file, records, Math.ceil(records / 100));
      const appended = await runAll(workspace, file);
      colds.push({ records, seconds: cold.seconds });
      report(records, statSync(file).size, reference, cold, engine, warm, appended);
      expect(cold.summary.verdict).toBe('accepted');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const [first, last] = [colds[0]!, colds.at(-1)!];
  if (first !== last) {
    const slope = Math.log(last.seconds / first.seconds) / Math.log(last.records / first.records);
    say(`growth of the cold run from ${first.records} to ${last.records} records: time ~ records^${slope.toFixed(2)} (1 is linear)`);
  }
});

function report(
  records: number,
  bytes: number,
  reference: number,
  cold: Measured,
  engine: { waiting: number; server: Usage },
  warm: Measured,
  appended: Measured,
): void {
  const rows = [
    ['DuckDB JSON to Parquet, same file (the reference)', `${reference.toFixed(2)} s`, '1.00'],
    ['cold run-all', `${cold.seconds.toFixed(2)} s`, (cold.seconds / reference).toFixed(2)],
    ...cold.summary.stages.map((stage) => [
      `  ${stage.stage}`,
      `${(stage.duration_ms / 1000).toFixed(2)} s`,
      (stage.duration_ms / 1000 / reference).toFixed(2),
    ]),
    ['second run-all, nothing new', `${warm.seconds.toFixed(2)} s`, (warm.seconds / reference).toFixed(2)],
    ['run-all after 1 % more lines', `${appended.seconds.toFixed(2)} s`, (appended.seconds / reference).toFixed(2)],
  ];
  say(`\n${records.toLocaleString('en')} records, ${(bytes / 1e6).toFixed(0)} MB`);
  for (const [what, seconds, ratio] of rows) say(`  ${what!.padEnd(52)} ${seconds!.padStart(10)} ${ratio!.padStart(8)} x`);
  say(
    `  records/s cold ${Math.round(records / cold.seconds)}; after 1 % more ${((100 * appended.seconds) / cold.seconds).toFixed(0)} % of the cold time`,
  );
  say(
    `  command: peak RSS ${cold.usage.peakRssMb.toFixed(0)} MB, CPU ${cold.usage.cpuSeconds.toFixed(1)} s (${((1e6 * cold.usage.cpuSeconds) / records).toFixed(0)} µs a record)`,
  );
  say(
    `  server: peak RSS ${engine.server.peakRssMb.toFixed(0)} MB, CPU ${engine.server.cpuSeconds.toFixed(1)} s; no activity was running in ${(100 * engine.waiting).toFixed(1)} % of the run`,
  );
}

function writeCorpus(path: string, from: number, records: number): void {
  const file = openSync(path, 'a');
  let batch: string[] = [];
  for (const line of generateChatCorpus({ seed: SEED, records, from })) {
    batch.push(line);
    if (batch.length === 5000) {
      writeSync(file, `${batch.join('\n')}\n`);
      batch = [];
    }
  }
  closeSync(file);
  if (batch.length > 0) appendFileSync(path, `${batch.join('\n')}\n`);
}

async function convertWithDuckDb(json: string, parquet: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(cpus().length) });
  const connection = await instance.connect();
  const started = performance.now();
  await connection.run(
    `COPY (SELECT * FROM read_json('${json}', format='newline_delimited')) TO '${parquet}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  const seconds = (performance.now() - started) / 1000;
  connection.closeSync();
  instance.closeSync();
  return seconds;
}

/** Share of a run in which no activity was running, from its history, and what the server used for it; stops the server that was kept for this. */
async function engineUse(workspace: string, { summary }: Measured): Promise<{ waiting: number; server: Usage }> {
  const state = JSON.parse(readFileSync(join(workspace, 'temporal/server.json'), 'utf8')) as { address: string; pid: number };
  const connection = await Connection.connect({ address: state.address });
  const history = await new Client({ connection }).workflow.getHandle(summary.workflow_id).fetchHistory();
  const server = readUsage(state.pid) ?? { peakRssMb: 0, cpuSeconds: 0 };
  await connection.close();
  process.kill(state.pid, 'SIGTERM');
  const times = (history.events ?? []).map((event) => ({
    event,
    at: Number(event.eventTime?.seconds ?? 0) + Number(event.eventTime?.nanos ?? 0) / 1e9,
  }));
  const steps = times.flatMap(({ event, at }) => {
    if (event.activityTaskStartedEventAttributes) return [{ at, change: 1 }];
    return event.activityTaskCompletedEventAttributes ? [{ at, change: -1 }] : [];
  });
  let [running, busy, since] = [0, 0, 0];
  for (const { at, change } of steps.sort((left, right) => left.at - right.at)) {
    if (running === 0) since = at;
    running += change;
    if (running === 0) busy += at - since;
  }
  return { waiting: 1 - busy / (times.at(-1)!.at - times[0]!.at), server };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
