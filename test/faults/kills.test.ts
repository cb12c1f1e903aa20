import { cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../domain/shared/random.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { serverPid } from '../support/engine-client.ts';
import { awaitMoment, countSteps, drawKills, type Kill } from '../support/kill-plan.ts';
import { startLauter, type LauterCommand } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { tornFilesIn } from '../support/torn-files.ts';
import { writeMixedCorpus } from '../support/trace-corpus.ts';
import { essenceOf, exportedLines, filesBelow, headManifest, runStates, temporariesIn } from '../support/workspace-facts.ts';

const KILLS = Number(process.env['LAUTER_KILLS'] ?? 25);
const SEED = Number(process.env['LAUTER_KILL_SEED'] ?? Date.now() % 1_000_000);
const KILLS_PER_RUN = 6;

let space: TestSpace;
let config: object;
let undisturbed: { workspace: string; summary: RunSummary; steps: number };

beforeAll(async () => {
  console.log(`${KILLS} kills with LAUTER_KILL_SEED=${SEED}`);
  space = makeTestSpace();
  config = { engine: { heartbeat_timeout_s: 1, threads: 2 }, sources: writeMixedCorpus(space) };
  const workspace = space.workspace(config);
  const { code, out, err } = await startLauter(runAll(workspace)).ended;
  expect(code, err).toBe(0);
  undisturbed = { workspace, summary: JSON.parse(out) as RunSummary, steps: countSteps(workspace) };
});
afterAll(() => space.clear());

test('the undisturbed run has something to interrupt', () => {
  const shards = undisturbed.summary.stages.find(({ stage }) => stage === 'materialize')?.shards;
  expect(shards).toBeGreaterThanOrEqual(6);
});

test('a run that is killed again and again ends as one that was left alone', async () => {
  const random = createRandom(SEED);
  for (let [made, round] = [0, 1]; made < KILLS; round += 1) {
    const workspace = space.workspace(config);
    const who = round % 2 === 1 ? 'alone' : 'shared';
    const kills = drawKills(random, who, Math.min(KILLS_PER_RUN, KILLS - made), undisturbed.steps);
    const fought = await runUnderFire(workspace, kills, who);
    made += fought.kills.length;
    console.log(`round ${round}, ${who}: ${fought.kills.join(', ')}`);
    await compareWithUndisturbed(workspace, fought);
  }
});

interface Round {
  readonly summary: RunSummary;
  readonly kills: readonly string[];
  /** What was killed and what the commands said. */
  readonly story: string;
  /** True when a command was killed in the middle of the run that counts in the end. */
  readonly wasResumed: boolean;
}

async function compareWithUndisturbed(workspace: string, { summary, story, wasResumed }: Round): Promise<void> {
  expect(essenceOf(summary), story).toEqual(essenceOf(undisturbed.summary));
  expect(exportedLines(workspace, summary.run_id), story).toEqual(exportedLines(undisturbed.workspace, undisturbed.summary.run_id));
  expect(versionsOf(workspace), story).toEqual(versionsOf(undisturbed.workspace));
  expect(await tornFilesIn(workspace), story).toEqual([]);
  expect(temporariesIn(workspace), story).toEqual([]);
  expect(new Set(runStates(workspace).map(({ state }) => state)), story).toEqual(new Set(['accepted']));
  if (wasResumed) expect(summary.resumed, story).toBe(true);
}

function versionsOf(workspace: string): object[] {
  return ['evidence', 'scored'].map((kind) => {
    const { rows, row_digest, content_digest } = headManifest(workspace, kind);
    return { kind, rows, row_digest, content_digest };
  });
}

const RUN_IS_KNOWN = /run \S+ (?:started|was left|is already)/;

/** Runs the same command until it ends by itself, with kills in between. */
async function runUnderFire(workspace: string, kills: readonly Kill[], who: 'alone' | 'shared'): Promise<Round> {
  const made: string[] = [];
  const story = [`LAUTER_KILL_SEED=${SEED}`];
  let command = startLauter(runAll(workspace));
  await command.hear(RUN_IS_KNOWN);
  let worker = who === 'shared' ? await joinRun(workspace, command) : undefined;
  let wasResumed = false;
  for (const { target, ...moment } of kills) {
    // A server that dies while it starts is a failed start, which is another thing.
    if (target === 'server') await command.hear(RUN_IS_KNOWN);
    if (!(await awaitMoment(workspace, command, moment))) break;
    made.push(`${target} at step ${countSteps(workspace)} of ${undisturbed.steps}`);
    story.push(made.at(-1)!);
    const pid = target.endsWith('server') ? await serverPid(workspace) : null;
    if (target.startsWith('command')) await command.kill();
    if (target === 'worker') await worker!.kill();
    if (pid !== null) killProcess(pid);
    if (target === 'worker') worker = await joinRun(workspace, command);
    if (!target.startsWith('command')) continue;
    story.push(command.said());
    wasResumed = who === 'alone' && isInTheMiddle(workspace);
    command = startLauter(runAll(workspace));
  }
  const { code, out, err } = await command.ended;
  story.push(err);
  if (code !== 0) story.push(out);
  expect(code, story.join('\n')).toBe(0);
  if (worker !== undefined) await dismiss(workspace, worker);
  expect(await serverPid(workspace), story.join('\n')).toBe(null);
  return { summary: JSON.parse(out) as RunSummary, kills: made, story: story.join('\n'), wasResumed };
}

/** Another worker: at work, or no longer needed because the run has ended while it started. */
async function joinRun(workspace: string, command: LauterCommand): Promise<LauterCommand> {
  const worker = startLauter(['worker', '--workspace', workspace]);
  const isReady = worker.hear(/worker ready/);
  isReady.catch(() => undefined);
  await Promise.race([isReady, command.ended]);
  return worker;
}

/** Sends a worker home; one that was still starting cannot take its server along, so that is stopped for it. */
async function dismiss(workspace: string, worker: LauterCommand): Promise<void> {
  if (/worker ready/.test(worker.said())) {
    worker.signal('SIGTERM');
    expect((await worker.ended).code, worker.said()).toBe(0);
    return;
  }
  await worker.kill();
  await startLauter(['server', 'stop', '--workspace', workspace]).ended;
}

/** True when the newest run has begun to read and still has to write its last receipt. */
function isInTheMiddle(workspace: string): boolean {
  const newest = runStates(workspace).at(-1)?.run_id ?? '';
  const documents = filesBelow(join(workspace, 'lake', 'runs', newest));
  return documents.some((path) => path.endsWith('plan.json')) && !documents.some((path) => path.endsWith('audit-receipt.json'));
}

function runAll(workspace: string): string[] {
  return ['distill', 'run-all', '--workspace', workspace, '--json'];
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
      const { code, out, err } = await startLauter(runAll(undisturbed.workspace)).ended;
      expect(code, err).toBe(0);
      const [changed, known] = [essenceOf(JSON.parse(out) as RunSummary).stages, essenceOf(undisturbed.summary).stages];
      expect(changed[0]?.rows_out).toBe(known[0]?.rows_out);
      expect(changed[0]?.digest).not.toBe(known[0]?.digest);
    } finally {
      writeFileSync(desk, before);
    }
  });
});
