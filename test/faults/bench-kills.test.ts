import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLeaseFile } from '../../adapters/pause/lease-file.ts';
import { createRandom, type Random } from '../../domain/shared/random.ts';
import type { PauseLease } from '../../schemas/pause-lease.ts';
import { JUDGE, loggedCalls, type BenchHarbor } from '../support/bench-harbor.ts';
import { isPauseOver, killGuards, killProcess } from '../support/bench-processes.ts';
import { serverPid, until } from '../support/engine-client.ts';
import { startLauter, type Ended, type LauterCommand } from '../support/lauter-command.ts';
import type { LoggedCall } from '../support/model-server/model-server.ts';
import {
  answeredAgain,
  askedAgain,
  doubleRows,
  factsOfSweep,
  repeatsOf,
  runFiles,
  standingOf,
  type Standing,
} from '../support/sweep-facts.ts';
import { setSweepScene, SWEPT_EVENTS, type SweepScene } from '../support/sweep-scene.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tornFilesIn } from '../support/torn-files.ts';
import { watchLeases } from '../support/watch-leases.ts';
import { temporariesIn } from '../support/workspace-facts.ts';

const KILLS = Number(process.env['LAUTER_BENCH_KILLS'] ?? 4);
const SEED = Number(process.env['LAUTER_BENCH_KILL_SEED'] ?? Date.now() % 1_000_000);
const KILLS_PER_SWEEP = 4;
let undisturbed: SweepScene & { readonly facts: object; readonly calls: number };

beforeAll(async () => {
  console.log(`${KILLS} kills with LAUTER_BENCH_KILL_SEED=${SEED}`);
  const scene = await setSweepScene(0, '--judge-model', JUDGE);
  undisturbed = { ...scene, facts: {}, calls: 0 };
  const { code, err } = await scene.harbor.bench(scene.sweep).ended;
  expect(code, err).toBe(0);
  undisturbed = { ...scene, facts: factsOfSweep(scene.out), calls: loggedCalls(scene.requestLog).length };
});
afterAll(() => undisturbed?.close());

test('the undisturbed sweep has something to interrupt, and something to compare', () => {
  expect(undisturbed.calls).toBeGreaterThan(3 * (SWEPT_EVENTS + 25));
  expect(answeredAgain(undisturbed.requestLog)).toBe(0);
  const ranks = JSON.stringify(undisturbed.facts).match(/"rank":\d+/g) ?? [];
  expect(new Set(ranks).size).toBeGreaterThan(1);
});

type Target = 'command' | 'server' | 'command and server' | 'guard' | 'worker';

/** One SIGKILL: whom it hits, after how many answered calls of the sweep, and then how much later. */
interface Kill {
  readonly target: Target;
  readonly afterCalls: number;
  readonly delayMs: number;
}

const DECKS = {
  alone: ['command', 'server', 'guard', 'command and server', 'command'],
  shared: ['worker', 'command', 'server', 'guard', 'command and server', 'worker'],
} as const satisfies Record<string, readonly Target[]>;

/** Kills of one sweep, spread over its calls; some of them come so late that they fall between two runs. */
function drawKills(random: Random, who: keyof typeof DECKS, count: number): Kill[] {
  let deck: Target[] = [];
  return Array.from({ length: count }, (_, index) => {
    if (deck.length === 0) deck = random.shuffle<Target>(DECKS[who]);
    const share = (index + random.next()) / count;
    return {
      target: deck.pop()!,
      afterCalls: Math.floor(0.95 * share * undisturbed.calls),
      delayMs: random.int(random.int(3) === 0 ? 2_000 : 200),
    };
  });
}

test('a sweep that is killed again and again ends as one that was left alone', async () => {
  const random = createRandom(SEED);
  for (let [made, round] = [0, 1]; made < KILLS; round += 1) {
    const who = round % 2 === 1 ? 'alone' : 'shared';
    const scene = await setSweepScene(60, '--judge-model', JUDGE, '--ttl', '60s');
    const leases = watchLeases(scene.harbor.workspace);
    try {
      const fought = await sweepUnderFire(scene, drawKills(random, who, Math.min(KILLS_PER_SWEEP, KILLS - made)), who);
      made += Math.max(1, fought.kills.length);
      console.log(`round ${round}, ${who}: ${fought.kills.join(', ')}`);
      await leases.stop();
      expect(leases.faults, fought.story).toEqual([]);
      expect(leases.tokens.length, fought.story).toBeGreaterThanOrEqual(3);
      await compareWithUndisturbed(scene, fought);
    } finally {
      await leases.stop();
      await scene.close();
    }
  }
});

interface Fought {
  readonly kills: readonly string[];
  /** What was finished when a command was killed. */
  readonly standings: readonly Standing[];
  /** What was killed and what the commands said. */
  readonly story: string;
}

const SWEEP_IS_KNOWN = /sweep-\S+ (?:started|was left|is already)/;

/** Runs the same command until it ends by itself, with kills in between. */
async function sweepUnderFire({ harbor, sweep, requestLog }: SweepScene, kills: readonly Kill[], who: keyof typeof DECKS): Promise<Fought> {
  const { workspace } = harbor;
  const [made, standings, story]: [string[], Standing[], string[]] = [[], [], [`LAUTER_BENCH_KILL_SEED=${SEED}`]];
  let command = harbor.bench(sweep);
  await command.hear(SWEEP_IS_KNOWN);
  let worker = who === 'shared' ? joinSweep(workspace) : undefined;
  for (const { target, afterCalls, delayMs } of kills) {
    // A server that dies while it starts is a failed start, which is another thing.
    if (target.endsWith('server')) await command.hear(SWEEP_IS_KNOWN);
    if (!(await awaitCalls(requestLog, command, afterCalls, delayMs))) break;
    made.push(`${target} at call ${loggedCalls(requestLog).length} of ${undisturbed.calls}`);
    story.push(made.at(-1)!);
    const pid = target.endsWith('server') ? await serverPid(workspace) : null;
    if (target.startsWith('command')) await command.kill();
    if (target === 'worker') await worker!.kill();
    if (target === 'guard') await killGuards(workspace);
    if (pid !== null) killProcess(pid);
    if (target === 'worker') worker = joinSweep(workspace);
    if (!target.startsWith('command')) continue;
    story.push(command.said());
    standings.push(standingOf(workspace, requestLog));
    command = harbor.bench(sweep);
  }
  const { code, err } = await endOf(harbor, command, made);
  story.push(err);
  expect(code, story.join('\n')).toBe(0);
  if (standings.length > 0) expect(story.join('\n')).toMatch(/was left unfinished; going on with it/);
  await worker?.kill();
  return { kills: made, standings, story: story.join('\n') };
}

/** A run whose guard dies while production is being paused cannot be done; its sweep is gone on with. */
async function endOf({ bench }: BenchHarbor, command: LauterCommand, kills: readonly string[]): Promise<Ended> {
  const guards = kills.filter((kill) => kill.startsWith('guard')).length;
  let ended = await command.ended;
  for (let tries = 0; tries < guards && ended.code === 2 && /pause_failed|lease_lost/.test(ended.out); tries += 1)
    ended = await bench(['resume', '--json']).ended;
  return ended;
}

function joinSweep(workspace: string): LauterCommand {
  return startLauter(['worker', '--workspace', workspace]);
}

/** Waits for the moment of a kill; false when the command ended before. */
async function awaitCalls(requestLog: string, command: LauterCommand, calls: number, delayMs: number): Promise<boolean> {
  await until(
    () => !command.isRunning() || loggedCalls(requestLog).length >= calls,
    (isTime) => isTime,
  );
  if (!command.isRunning()) return false;
  await Promise.race([sleep(delayMs), command.ended]);
  return command.isRunning();
}

async function compareWithUndisturbed({ harbor, production, requestLog, out }: SweepScene, { standings, story }: Fought): Promise<void> {
  const { workspace, space } = harbor;
  expect(factsOfSweep(out), story).toEqual(undisturbed.facts);
  expect(runFiles(out).flatMap(doubleRows), story).toEqual([]);
  expect(
    standings.flatMap((standing) => askedAgain(requestLog, standing)),
    story,
  ).toEqual([]);
  // A call that was cut off before it was answered is counted, too.
  expect(answeredAgain(requestLog), story).toBeLessThanOrEqual(repeatsOf(out));
  expect(repeatsOf(out), story).toBeLessThanOrEqual(standings.length);
  expect(await harbor.ledger(), story).toHaveLength(1);
  expect((await harbor.benchHere('ledger', 'verify')).code, story).toBe(0);
  expect(await isPauseOver(workspace, production), story).toBe(true);
  expect(await tornFilesIn(workspace), story).toEqual([]);
  expect([...temporariesIn(workspace), ...temporariesIn(space.root)], story).toEqual([]);
}

describe('the checks can fail', () => {
  test('a finished call that is asked again is found', () => {
    const requestLog = join(temporaryFolder(), 'requests.jsonl');
    const call = (request_id: string): LoggedCall => ({ path: 'chat', request_id, body_sha256: 'ab', status: 200 });
    const calls = ['moor puffin', 'moor fulmar', 'moor puffin'].map(call);
    writeFileSync(requestLog, calls.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(askedAgain(requestLog, { committed: new Set(['moor puffin']), answered: 2 })).toEqual(['moor puffin']);
    expect(askedAgain(requestLog, { committed: new Set(['moor fulmar']), answered: 2 })).toEqual([]);
    expect(answeredAgain(requestLog)).toBe(1);
  });

  test('an attempt that stands in a run file twice is found, and so is a rank that differs', () => {
    const out = join(temporaryFolder(), 'sweep');
    cpSync(undisturbed.out, out, { recursive: true });
    const [path = ''] = runFiles(out);
    const [first = '', attempt = '', ...others] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [first, attempt, attempt, ...others].join('\n').replace('"rank":1,', '"rank":2,'));
    expect(doubleRows(path)).toHaveLength(1);
    expect(factsOfSweep(out)).not.toEqual(undisturbed.facts);
  });

  test('a lease that begins while another one is open is found', async () => {
    const workspace = temporaryFolder();
    const leases = openLeaseFile(workspace);
    const watch = watchLeases(workspace);
    for (const token of [1, 2]) {
      await leases.change(() => ({ result: undefined, marker: { put: leaseOf(token) } }));
      await until(
        () => watch.tokens,
        (tokens) => tokens.includes(token),
      );
    }
    await watch.stop();
    expect(watch.faults).toEqual(['lease 2 began while lease 1 was open']);
  });
});

function leaseOf(token: number): PauseLease {
  const [now, later] = ['2026-04-30T06:00:00Z', '2026-04-30T06:45:00Z'];
  const holder = { owner: `run-${token}`, token, production_url: 'http://127.0.0.1:9', host: 'quay', pid: 7 };
  return { ...holder, started_at: now, ttl_s: 120, renewed_at: now, deadline_at: later, state: 'paused' };
}
