import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../domain/shared/random.ts';
import { makeBenchHarbor, runOf, SERVED, type BenchHarbor } from '../support/bench-harbor.ts';
import {
  isPauseOver,
  killGuards,
  killProcess,
  startModelServerApart,
  startProductionApart,
  type ProductionApart,
  type ServerApart,
} from '../support/bench-processes.ts';
import { serverPid, until } from '../support/engine-client.ts';
import { startWorker, type LauterCommand } from '../support/lauter-command.ts';

const TRIALS = Number(process.env['LAUTER_BENCH_HANGS'] ?? 3);
const SEED = Number(process.env['LAUTER_BENCH_KILL_SEED'] ?? Date.now() % 1_000_000);
const EVENTS = 20;
const TTL_S = 3;
/** What is promised: production runs again this long after everything but the guard was killed. */
const PROMISE_MS = (TTL_S + 30) * 1000;

type Target = 'command' | 'server' | 'worker' | 'guard';

/** A model that hangs from some call on, and who is killed how long after production was paused. */
interface Trial {
  readonly hangsFrom: number;
  readonly targets: readonly Target[];
  readonly delayMs: number;
}

function drawTrial(random: Random): Trial {
  const hasWorker = random.int(3) === 0;
  const targets = random.pick<readonly Target[]>([['command'], ['command', 'server'], ['server', 'command']]);
  // From the warm-up over the main pass to the repeats.
  const hangsFrom = 1 + random.int(40);
  return { hangsFrom, targets: hasWorker ? random.shuffle<Target>([...targets, 'worker']) : targets, delayMs: random.int(5_000) };
}

/** A workspace with both servers as processes of their own. */
interface Scene {
  readonly harbor: BenchHarbor;
  readonly model: ServerApart;
  readonly production: ProductionApart;
}

async function inScene<Result>(hangsFrom: number, play: (scene: Scene) => Promise<Result>): Promise<Result> {
  const harbor = await makeBenchHarbor({ events: EVENTS });
  const model = await startModelServerApart({ models: SERVED, faults: [{ path: 'chat', from: hangsFrom, does: { kind: 'hang' } }] });
  const production = await startProductionApart();
  try {
    return await play({ harbor, model, production });
  } finally {
    await harbor.clear();
    await model.close();
    await production.close();
  }
}

interface Outcome {
  /** Null when production was still paused, or its marker still there, at the end of the promise. */
  readonly resumedAfterMs: number | null;
  readonly wasPaused: boolean;
}

function runTrial({ hangsFrom, targets, delayMs }: Trial, promiseMs = PROMISE_MS): Promise<Outcome> {
  return inScene(hangsFrom, async ({ harbor, model, production }) => {
    const { workspace } = harbor;
    const command = harbor.bench(runOf(model, production, '--ttl', `${TTL_S}s`, '--renew-every', '1s'));
    await command.hear(/run-\S+ started/);
    const worker = targets.includes('worker') ? await startWorker(workspace) : null;
    await until(
      async () => (await production.health()).paused || !command.isRunning(),
      (isTime) => isTime,
    );
    await sleep(delayMs);
    const wasPaused = (await production.health()).paused;
    await killAll(workspace, targets, { command, worker });
    const startMs = performance.now();
    let isOver = false;
    while (!isOver && performance.now() - startMs < promiseMs) {
      await sleep(20);
      isOver = await isPauseOver(workspace, production);
    }
    return { resumedAfterMs: isOver ? performance.now() - startMs : null, wasPaused };
  });
}

async function killAll(
  workspace: string,
  targets: readonly Target[],
  { command, worker }: { readonly command: LauterCommand; readonly worker: LauterCommand | null },
): Promise<void> {
  for (const target of targets) {
    const pid = target === 'server' ? await serverPid(workspace) : null;
    if (pid !== null) killProcess(pid);
    if (target === 'command') await command.kill();
    if (target === 'worker') await worker?.kill();
    if (target === 'guard') expect(await killGuards(workspace)).toBe(1);
  }
}

describe('a model that hangs never keeps production paused, whoever is killed', () => {
  console.log(`${TRIALS} trials with LAUTER_BENCH_KILL_SEED=${SEED}`);
  const random = createRandom(SEED);
  test.each(Array.from({ length: TRIALS }, (_, index) => index + 1))('trial %i', async (number) => {
    const trial = drawTrial(random);
    const story = `LAUTER_BENCH_KILL_SEED=${SEED}, trial ${number}: ${JSON.stringify(trial)}`;
    const { resumedAfterMs, wasPaused } = await runTrial(trial);
    const took = resumedAfterMs === null ? 'never' : `${Math.round(resumedAfterMs)} ms`;
    console.log(`${story}: ${wasPaused ? 'paused' : 'not paused'}, over after ${took}`);
    expect(resumedAfterMs, story).not.toBe(null);
  });
});

test('with the guard killed as well, a trial finds production left paused: it can fail', async () => {
  const trial: Trial = { hangsFrom: 5, targets: ['command', 'server', 'guard'], delayMs: 1_000 };
  expect(await runTrial(trial, 2 * TTL_S * 1000)).toEqual({ resumedAfterMs: null, wasPaused: true });
});

test('without any kill a model that hangs ends the run at its deadline, with production resumed', async () => {
  await inScene(5, async ({ harbor, model, production }) => {
    // Time for the warm-up and one batch of the main pass, as their limits count it, and not for a second one.
    const limits = ['--call-timeout', '200ms', '--max-pause', '126s'];
    const out = join(harbor.space.root, 'run.jsonl');
    const { code, out: told, err } = await harbor.bench(runOf(model, production, ...limits, '--out', out)).ended;
    expect(code, err).toBe(2);
    expect(JSON.parse(told)).toMatchObject({ reason: 'deadline', exit_code: 2 });
    expect(await isPauseOver(harbor.workspace, production)).toBe(true);
  });
});
