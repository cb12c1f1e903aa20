import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PanelBatchResult } from '../../activities/panel-contract.ts';
import { openWorkStore } from '../../adapters/work-store.ts';
import { readWorkspace } from '../../adapters/files/workspace.ts';
import { panelBatchSchema, type PanelBatch } from '../../schemas/panel-batch.ts';
import { WORK_QUEUE } from '../../temporal.config.ts';
import { withClient } from '../support/engine-client.ts';
import { startLauter, startWorker, type Ended } from '../support/lauter-command.ts';
import type { ModelServer } from '../support/model-server/model-server.ts';
import { answerRow, startJudges, writeRows, type JudgeScript, type ServedJudges } from '../support/panel-judges.ts';
import { batchRun } from '../support/panel-run.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';

/** Judges that take their time, 1,000 tokens at $4 a million: each call reserves and settles .004. */
const USAGE = { prompt_tokens: 0, completion_tokens: 1_000 };
const PRICE = { input_per_million: 0, output_per_million: 4 };
const WAITS: JudgeScript = { usage: USAGE, faults: [{ path: 'chat', from: 1, does: { kind: 'wait', ms: 40 } }] };
const WORTH = [9, 8, 4, 9, 7, 8];

let space: TestSpace;
const open: ServedJudges[] = [];

beforeAll(() => {
  space = makeTestSpace();
  writeRows(
    space.root,
    'rows.jsonl',
    WORTH.map((worth, at) => answerRow(`q${at + 1}`, worth)),
  );
});
afterAll(async () => {
  for (const judges of open) await judges.close();
  await space.clear();
});

async function setScene(scripts: Readonly<Record<string, JudgeScript>>): Promise<{
  readonly judges: ServedJudges;
  readonly workspace: string;
  batch(...args: readonly string[]): Promise<Ended>;
}> {
  const judges = await startJudges(scripts);
  open.push(judges);
  const workspace = space.workspace({ engine: { threads: 3 }, ...judges.config(PRICE) });
  const fixed = ['eval', 'cross-modal', '--batch', 'rows.jsonl', '--max-tokens', '1000', '--keep-server', '--workspace', workspace];
  return { judges, workspace, batch: (...args) => startLauter([...fixed, ...args], { cwd: space.root }).ended };
}

const summaryOf = ({ out, err }: Ended): PanelBatch => {
  expect(out, err).not.toBe('');
  return panelBatchSchema.parse(JSON.parse(out));
};

/** Most different outputs that judges had before them at once. */
function watchQuestions(servers: readonly ModelServer[]): () => number {
  const atWork = new Map<string, number>();
  let most = 0;
  for (const server of servers) {
    let known = 0;
    void (async () => {
      for (;;) {
        await server.next();
        for (const { body, ended } of server.seen.slice(known)) {
          known += 1;
          const question = JSON.stringify(body['messages']);
          atWork.set(question, (atWork.get(question) ?? 0) + 1);
          most = Math.max(most, [...atWork.values()].filter((count) => count > 0).length);
          void ended.then(() => atWork.set(question, atWork.get(question)! - 1));
        }
      }
    })();
  }
  return () => most;
}

describe('a batch before judges over HTTP', () => {
  test('XM-13: at most two questions at once, in their order; the summary lies under its usual name and on stdout', async () => {
    // A text that differs by question: two of the same worth are told apart by it.
    const rows = WORTH.map((worth, at) => answerRow(`q${at + 1}`, worth, `Tide ${at + 1} turns at noon.`));
    writeRows(space.root, 'rows.jsonl', rows);
    const { judges, batch } = await setScene({ a: WAITS, b: WAITS, c: WAITS });
    const most = watchQuestions(Object.values(judges.servers));
    const ended = await batch('--json', '--concurrent', '2', '--limit', '5');
    expect(ended.code, ended.err).toBe(1);
    const summary = summaryOf(ended);
    expect(summary.per_question.map(({ question_id, verdict }) => [question_id, verdict])).toEqual([
      ['q1', 'pass'],
      ['q2', 'pass'],
      ['q3', 'fail'],
      ['q4', 'pass'],
      ['q5', 'pass'],
    ]);
    expect(summary).toMatchObject({ verdict: 'fail', not_scored: 1, concurrent: 2, cycles_per_question: 1, est_cost_usd: 0.06 });
    expect(summary.actual_cost_usd).toBe(0.06);
    expect(judges.calls()).toBe(15);
    expect(most()).toBeLessThanOrEqual(2);
    expect(most()).toBeGreaterThan(0);
    const name = readdirSync(space.root).find((file) => /^cross-modal-batch-[0-9a-f]{8}\.json$/.test(file));
    expect(name).toBe(`cross-modal-batch-${summary.input_sha256!.slice(0, 8)}.json`);
    expect(JSON.parse(readFileSync(join(space.root, name!), 'utf8'))).toEqual(JSON.parse(ended.out));
  });

  test('BUD-1: three at once under $0.01 make two calls of .004; the rest is skipped, and more money pays for that alone', async () => {
    const { judges, batch } = await setScene({ a: { usage: USAGE }, b: { usage: USAGE } });
    const asked = await batch('--max-usd', '0.01');
    expect([asked.code, judges.calls()]).toEqual([2, 0]);
    expect(asked.err).toMatch(/expected at most \$0\.01, found \$0\.048/);
    const stopped = await batch('--max-usd', '0.01', '--yes', '--json');
    expect([stopped.code, judges.calls()], stopped.err).toEqual([2, 2]);
    const summary = summaryOf(stopped);
    expect(summary).toMatchObject({ verdict: 'error', total: 6, actual_cost_usd: 0.008 });
    // Whether both calls are of one question, and of which, is a matter of who asks first.
    expect(summary.budget_skipped! + summary.pass_count + summary.fail_count).toBe(6);
    const rest = await batch('--max-usd', '1', '--json', '--output', 'rest.json');
    expect([rest.code, judges.calls()], rest.err).toEqual([1, 12]);
    expect(summaryOf(rest)).toMatchObject({ pass_count: 5, fail_count: 1, budget_skipped: 0, actual_cost_usd: 0.04 });
  });

  test('a judge that hangs and one that refuses cost their time alone, also where the run goes on with a fresh history', async () => {
    const { judges, workspace } = await setScene({
      a: { usage: USAGE },
      b: { usage: USAGE },
      c: { faults: [{ path: 'chat', from: 1, does: { kind: 'hang' } }] },
      d: { faults: [{ path: 'chat', from: 1, does: { kind: 'status', status: 403 } }] },
    });
    // The first command makes the workspace and leaves its server on.
    writeFileSync(join(space.root, 'none.jsonl'), '{"question_id":"q1","question":"When?"}\n');
    const empty = await startLauter(['eval', 'cross-modal', '--batch', 'none.jsonl', '--keep-server', '--workspace', workspace], {
      cwd: space.root,
    }).ended;
    expect(empty.code, empty.err).toBe(2);
    expect(judges.calls()).toBe(0);
    const worker = await startWorker(workspace);
    const run = batchRun(judges, join(space.root, 'rows.jsonl'), {
      price: PRICE,
      maxTokens: 1_000,
      run: { limit: 3, call_timeout_ms: 200, heartbeat_timeout_ms: 5_000, output: join(space.root, 'hung.json') },
    });
    const result = await withClient(workspace, (client) =>
      client.workflow.execute('panelBatch', {
        taskQueue: `${WORK_QUEUE}-${readWorkspace(workspace)!.id}`,
        workflowId: run.run_id,
        args: [{ run, calls_per_history: 4 }],
      }),
    );
    expect(result as PanelBatchResult).toMatchObject({ verdict: 'fail', exit_code: 1, counts: { pass: 2, fail: 1 } });
    const summary = panelBatchSchema.parse(openWorkStore(workspace, 'panel').read(run.run_id, 'report'));
    const { errors } = summary.per_question[0]!.final_aggregate!;
    expect(errors.map(({ error }) => error.replace(/:.*/, ''))).toEqual(['timeout', 'http_4xx']);
    expect(Object.values(judges.servers).map(({ seen }) => seen.length)).toEqual([3, 3, 9, 3]);
    await worker.kill();
  });
});
