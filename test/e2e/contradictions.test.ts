import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contradictionReportSchema, type ContradictionReport } from '../../schemas/contradiction-report.ts';
import { contradictionTrendSchema } from '../../schemas/contradiction-trend.ts';
import { until } from '../support/engine-client.ts';
import { startLauter, type Ended, type LauterCommand } from '../support/lauter-command.ts';
import { startPairJudge, type HeardMessage, type PairJudge, type PairJudgeOptions } from '../support/model-server/pair-judge.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { filesBelow } from '../support/workspace-facts.ts';

const PAGES = {
  'lock-times.md': 'The lock of the old harbour opens at six in the morning, says the keeper of the lock.',
  'lock-notice.md': 'Notice: the lock of the old harbour opens at nine in the morning, never before.',
  'orchard.md': 'The orchard behind the harbour has forty apple trees, and the lock keeper waters them.',
  'ferry.md': 'The ferry waits in the old harbour until the lock opens in the morning.',
};
const QUERIES = ['when does the lock of the old harbour open', 'who waters the orchard behind the harbour'];

const AGREES = '{"verdict":"no_contradiction","severity":"info","axis":"","confidence":0.9,"resolution_kind":null}';
const DISAGREES = '{"verdict":"contradiction","severity":"high","axis":"opening time","confidence":0.93,"resolution_kind":"manual_review"}';

/** Says that six and nine do not go together. */
function readClosely(messages: readonly HeardMessage[]): string {
  const all = messages.map(({ content }) => content).join('\n');
  return all.includes('opens at six') && all.includes('opens at nine') ? DISAGREES : AGREES;
}

interface Scene {
  readonly judge: PairJudge;
  readonly workspace: string;
  start(...more: readonly string[]): LauterCommand;
  run(...more: readonly string[]): Promise<Ended>;
}

let space: TestSpace;
const open: PairJudge[] = [];

beforeAll(() => {
  space = makeTestSpace();
  for (const [name, text] of Object.entries(PAGES)) {
    mkdirSync(join(space.root, 'pages'), { recursive: true });
    writeFileSync(join(space.root, 'pages', name), `---\ntitle: ${name}\n---\n\n${text}\n`);
  }
  writeFileSync(join(space.root, 'queries.txt'), `${QUERIES.join('\n')}\n`);
});
afterAll(async () => {
  for (const judge of open) await judge.close();
  await space.clear();
});

async function setScene(options: PairJudgeOptions = {}, answer: Parameters<typeof startPairJudge>[0] = readClosely): Promise<Scene> {
  const judge = await startPairJudge(answer, options);
  open.push(judge);
  const workspace = space.workspace({
    engine: { threads: 2, heartbeat_timeout_s: 1 },
    search: { collection: 'harbour' },
    eval: { judge: { base_url: judge.url, model: 'quay-judge' } },
    // 80 tokens of an answer come to $0.00008: each call costs 580 millionths of a dollar.
    cost: { prices: { 'quay-judge': { input_per_million: 1, output_per_million: 1 } } },
  });
  const indexed = await startLauter(['search', 'index', 'harbour', '--from', 'pages', '--workspace', workspace], { cwd: space.root }).ended;
  expect(indexed.code, indexed.err).toBe(0);
  const args = ['eval', 'contradictions', '--queries-file', 'queries.txt', '--keep-server', '--json', '--workspace', workspace];
  const start = (...more: readonly string[]): LauterCommand => startLauter([...args, ...more], { cwd: space.root });
  return { judge, workspace, start, run: (...more) => start(...more).ended };
}

function reportOf({ out, err }: Ended): ContradictionReport {
  expect(out, err).not.toBe('');
  return contradictionReportSchema.parse(JSON.parse(out));
}

function outcomesIn(workspace: string): number {
  const runs = join(workspace, 'lake/eval/contradictions');
  return existsSync(runs) ? filesBelow(runs).filter((name) => /outcomes\/\d+\.json$/.test(name)).length : 0;
}

const textOf = (messages: readonly HeardMessage[]): string => JSON.stringify(messages);

test('a run that is killed in the middle goes on, and no call that was answered is made again', async () => {
  const { judge, workspace, start, run } = await setScene({ holdFrom: 4 });
  const killed = start();
  await until(
    () => outcomesIn(workspace) === 3 && judge.heard.length > 3,
    (isSo) => isSo,
  );
  await killed.kill();
  const answered = judge.answered.map(textOf);
  expect(answered).toHaveLength(3);
  judge.release();

  const ended = await run();
  expect(ended.code, ended.err).toBe(0);
  expect(ended.err).toContain('was left unfinished; going on with it');
  for (const text of answered) expect(judge.heard.filter((messages) => textOf(messages) === text)).toHaveLength(1);

  const report = reportOf(ended);
  expect(report).toMatchObject({
    run_status: 'ok',
    queries_evaluated: 2,
    queries_not_evaluated: 0,
    cache: { hits: 0 },
    judge_errors: { total: 0 },
    judge_snapshot: 'quay-judge-2026-03',
  });
  expect(report.verdict_breakdown.contradiction).toBeGreaterThan(0);
  const [finding] = report.per_query.flatMap(({ contradictions }) => contradictions);
  expect([finding?.a.slug, finding?.b.slug].sort()).toEqual(['lock-notice', 'lock-times']);
  // Every pair was paid for once, and what was on its way when the command died at most once more.
  const pairs = Object.values(report.verdict_breakdown).reduce((sum, count) => sum + count, 0);
  expect(new Set(judge.heard.map(textOf)).size).toBe(pairs);

  const calls = judge.heard.length;
  const again = await run('--report', 'report');
  expect(existsSync(join(space.root, 'report', 'contradictions.html'))).toBe(true);
  expect(again.code, again.err).toBe(0);
  expect(judge.heard).toHaveLength(calls);
  expect(reportOf(again)).toMatchObject({ cache: { hits: pairs, misses: 0, hit_rate: 1 }, cost_usd: { judge: 0 } });

  const trend = await startLauter(['eval', 'contradictions', 'trend', '--json', '--workspace', workspace]).ended;
  expect(trend.code, trend.err).toBe(0);
  expect(contradictionTrendSchema.parse(JSON.parse(trend.out)).rows).toHaveLength(2);
});

test('the cap holds: pairs beyond it are not judged, the run says so, and a higher cap pays for the rest alone', async () => {
  const { judge, run } = await setScene();
  const refused = await run('--budget-usd', '0.005');
  expect(refused.code).toBe(2);
  expect(judge.heard).toHaveLength(0);

  const stopped = await run('--budget-usd', '0.005', '--yes');
  expect(stopped.code, stopped.err).toBe(2);
  const cut = reportOf(stopped);
  expect(cut.run_status).toBe('over_budget');
  expect(cut.cost_usd.total).toBeLessThanOrEqual(0.005);
  expect(cut.queries_not_evaluated).toBeGreaterThan(0);
  const paid = judge.heard.length;
  expect(cut.cost_usd.total).toBeCloseTo(paid * 0.00058, 10);

  const rest = reportOf(await run('--budget-usd', '1'));
  expect(rest).toMatchObject({ run_status: 'ok', queries_evaluated: 2, cache: { hits: paid } });
  expect(new Set(judge.heard.map(textOf)).size).toBe(judge.heard.length);
});

test('HLT-1: a judge that never gives a verdict leaves no headline and no interval, and ends with 2', async () => {
  const { run } = await setScene({}, () => ({ status: 503 }));
  const failed = await run('--limit', '1');
  expect(failed.code, failed.err).toBe(2);
  const report = reportOf(failed);
  expect(report).toMatchObject({
    run_status: 'judge_failed',
    headline: null,
    calibration: { wilson_ci_95: null, queries_judged_clean: 0 },
  });
  expect(report.judge_errors.http_5xx).toBe(report.judge_errors.total);
});
