import { cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRandom, deriveSeed } from '../../domain/shared/random.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { serverPid } from '../support/engine-client.ts';
import { startExtraWorker } from '../support/extra-worker.ts';
import { awaitMoment, countSteps, drawKills, type Kill } from '../support/kill-plan.ts';
import { runLauter, startLauter, type LauterCommand } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { tornFilesIn } from '../support/torn-files.ts';
import { writeMixedCorpus } from '../support/trace-corpus.ts';
import { essenceOf, exportedLines, filesBelow, headManifest, runStates, temporariesIn } from '../support/workspace-facts.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const KILLS = Number(process.env['LAUTER_KILLS'] ?? 25);
const SEED = Number(process.env['LAUTER_KILL_SEED'] ?? Date.now() % 1_000_000);
const KILLS_PER_RUN = 5;

let space: TestSpace;
let config: object;
let undisturbed: { workspace: string; summary: RunSummary; steps: number };

beforeAll(async () => {
  console.log(`${KILLS} kills with LAUTER_KILL_SEED=${SEED}`);
  space = makeTestSpace();
  config = { engine: { heartbeat_timeout_s: 1, threads: 2 }, sources: writeMixedCorpus(space) };
  const workspace = space.workspace(config);
  const { code, out, err } = await runLauter(runAll(workspace));
  expect(code, err).toBe(0);
  undisturbed = { workspace, summary: JSON.parse(out) as RunSummary, steps: countSteps(workspace) };
});
afterAll(() => space.clear());

test('the undisturbed run has something to interrupt', () => {
  const shards = undisturbed.summary.stages.find(({ stage }) => stage === 'materialize')?.shards;
  expect(shards).toBeGreaterThanOrEqual(6);
});

describe('a run that is killed again and again ends as one that was left alone', () => {
  const rounds = Math.ceil(KILLS / KILLS_PER_RUN);
  test.each(Array.from({ length: rounds }, (_, index) => index + 1))('round %i', async (round) => {
    const random = createRandom(deriveSeed(SEED, 'kills'));
    const kills = drawKills(random, KILLS, KILLS_PER_RUN, undisturbed.steps)[round - 1]!;
    const workspace = space.workspace(config);
    const { summary, log, wasResumed } = await runUnderFire(workspace, kills);
    const context = `seed ${SEED}, round ${round}\n${log.join('\n')}`;

    expect(essenceOf(summary), context).toEqual(essenceOf(undisturbed.summary));
    expect(exportedLines(workspace, summary.run_id), context).toEqual(exportedLines(undisturbed.workspace, undisturbed.summary.run_id));
    for (const kind of ['evidence', 'scored']) {
      const { row_digest, content_digest, rows } = headManifest(workspace, kind);
      const wanted = headManifest(undisturbed.workspace, kind);
      expect({ row_digest, content_digest, rows }, context).toEqual({
        row_digest: wanted.row_digest,
        content_digest: wanted.content_digest,
        rows: wanted.rows,
      });
    }
    expect(await tornFilesIn(workspace), context).toEqual([]);
    expect(temporariesIn(workspace), context).toEqual([]);
    expect(new Set(runStates(workspace).map(({ state }) => state)), context).toEqual(new Set(['accepted']));
    if (wasResumed) expect(summary.resumed, context).toBe(true);
  });
});

/** Runs the same command until it ends by itself, with kills in between. */
async function runUnderFire(
  workspace: string,
  kills: readonly Kill[],
): Promise<{ summary: RunSummary; log: string[]; wasResumed: boolean }> {
  const log: string[] = [];
  let worker = kills.some(({ target }) => target === 'worker') ? await startExtraWorker(workspace) : undefined;
  let command = startLauter(runAll(workspace));
  let wasResumed = false;
  for (const kill of kills) {
    if (kill.target === 'server') await command.hear(/run \S+ (?:started|was left|is already)/);
    if (!(await awaitMoment(workspace, command, kill))) break;
    log.push(`${kill.target} after ${countSteps(workspace)} of ${undisturbed.steps} steps`);
    if (kill.target === 'worker') {
      await worker!.kill();
      worker = await startExtraWorker(workspace);
      continue;
    }
    const pid = kill.target === 'command' ? null : await serverPid(workspace);
    if (kill.target !== 'server') await command.kill();
    if (pid !== null) killProcess(pid);
    if (kill.target === 'server') continue;
    log.push(...said(command));
    const canBeResumed = worker === undefined && filesBelow(join(workspace, 'lake', 'runs')).some((path) => path.endsWith('plan.json'));
    const isAudited = filesBelow(join(workspace, 'lake', 'runs')).some((path) => path.endsWith('audit-receipt.json'));
    wasResumed = canBeResumed && !isAudited;
    command = startLauter(runAll(workspace));
  }
  const { code, out, err } = await command.ended;
  log.push(...said(command));
  expect(code, `seed ${SEED}\n${log.join('\n')}\n${err}`).toBe(0);
  if (worker !== undefined) {
    worker.signal('SIGTERM');
    expect((await worker.ended).code).toBe(0);
  }
  return { summary: JSON.parse(out) as RunSummary, log, wasResumed };
}

function runAll(workspace: string): string[] {
  return ['distill', 'run-all', '--workspace', workspace, '--json'];
}

function said(command: LauterCommand): string[] {
  return command
    .said()
    .trimEnd()
    .split('\n')
    .map((line) => `  | ${line}`);
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe('the checks can fail', () => {
  test('a truncated Parquet file, a broken document and a row that stands twice are found', async () => {
    const copy = space.workspace();
    mkdirSync(copy);
    cpSync(join(undisturbed.workspace, 'lake'), join(copy, 'lake'), { recursive: true });
    cpSync(join(undisturbed.workspace, 'exports', undisturbed.summary.run_id), join(copy, 'exports', 'run'), { recursive: true });
    expect(await tornFilesIn(copy)).toEqual([]);
    const [parquet] = filesBelow(join(copy, 'lake', 'evidence'));
    truncateSync(parquet!, Math.floor(readFileSync(parquet!).length / 2));
    writeFileSync(join(copy, 'lake', 'heads', 'evidence.json'), '{"schema":"head/1",');
    const sft = join(copy, 'exports', 'run', 'sft', 'instruction_response.jsonl');
    const lines = readFileSync(sft, 'utf8');
    writeFileSync(sft, lines + lines.slice(0, lines.indexOf('\n') + 1));
    const torn = await tornFilesIn(copy);
    expect(torn).toHaveLength(3);
    expect(torn.join('\n')).toContain('stands in it twice');
  });

  test('a page in the middle of a Parquet file that was overwritten is found', async () => {
    const copy = space.workspace();
    mkdirSync(copy);
    const [parquet] = filesBelow(join(undisturbed.workspace, 'lake', 'scored'));
    const bytes = readFileSync(parquet!);
    bytes.fill(0, Math.floor(bytes.length / 3), Math.floor(bytes.length / 3) + 4096);
    writeFileSync(join(copy, 'page.parquet'), bytes);
    expect(await tornFilesIn(copy)).toHaveLength(1);
  });

  test('a temporary file of a dead process is found', () => {
    const copy = space.workspace();
    mkdirSync(join(copy, 'lake', 'scratch', '.tmp~1-long-ago~ab'), { recursive: true });
    expect(temporariesIn(copy)).toEqual([join('lake', 'scratch', '.tmp~1-long-ago~ab')]);
  });

  test('one changed row changes the digests', async () => {
    const desk = join(space.root, 'traces', 'desk-01.jsonl');
    const before = readFileSync(desk, 'utf8');
    writeFileSync(desk, before.replace('"role":"assistant","content":"', '"role":"assistant","content":"Good day. '));
    try {
      const { code, out, err } = await runLauter(runAll(undisturbed.workspace));
      expect(code, err).toBe(0);
      const [changed, known] = [essenceOf(JSON.parse(out) as RunSummary).stages, essenceOf(undisturbed.summary).stages];
      expect(changed[0]?.rows_out).toBe(known[0]?.rows_out);
      expect(changed[0]?.digest).not.toBe(known[0]?.digest);
    } finally {
      writeFileSync(desk, before);
    }
  });
});
