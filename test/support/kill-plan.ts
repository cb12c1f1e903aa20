import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../domain/shared/random.ts';
import { until } from './engine-client.ts';
import type { LauterCommand } from './lauter-command.ts';
import { filesBelow } from './workspace-facts.ts';
import { join } from 'node:path';

export type KillTarget = 'command' | 'server' | 'worker' | 'command and server';

/** One SIGKILL: whom it hits, and when, counted from the kill before or from the start. */
export interface Kill {
  readonly target: KillTarget;
  /** So many more documents and shard entries have appeared … */
  readonly afterSteps: number;
  /** … and then this long. */
  readonly delayMs: number;
}

/** How often each target comes up in twenty kills. */
const DECK: readonly KillTarget[] = [
  ...Array<KillTarget>(8).fill('command'),
  ...Array<KillTarget>(5).fill('server'),
  ...Array<KillTarget>(4).fill('worker'),
  ...Array<KillTarget>(3).fill('command and server'),
];

/** Draws kills in rounds of `perRun`, so that those of one round are spread over a run of so many steps. */
export function drawKills(random: Random, kills: number, perRun: number, stepsOfRun: number): Kill[][] {
  let deck: KillTarget[] = [];
  const rounds: Kill[][] = [];
  for (let drawn = 0; drawn < kills; drawn += 1) {
    if (drawn % perRun === 0) rounds.push([]);
    if (deck.length === 0) deck = random.shuffle(DECK);
    const afterSteps = random.int(Math.ceil((2 * stepsOfRun) / (perRun + 1)));
    // A kill without a step before it falls into the start of a command, which lasts longer than a step.
    rounds.at(-1)!.push({ target: deck.pop()!, afterSteps, delayMs: random.int(afterSteps === 0 ? 1_500 : 250) });
  }
  return rounds;
}

/** Files that tell how far a run is: entries of finished shards, and documents of finished stages. */
export function countSteps(workspace: string): number {
  return ['entries', 'runs', 'heads'].reduce((sum, name) => sum + filesBelow(join(workspace, 'lake', name)).length, 0);
}

/** Waits for the moment of a kill; false when the command ended before. */
export async function awaitMoment(workspace: string, command: LauterCommand, kill: Kill): Promise<boolean> {
  const goal = countSteps(workspace) + kill.afterSteps;
  await until(
    () => !command.isRunning() || countSteps(workspace) >= goal,
    (isOver) => isOver,
  );
  if (!command.isRunning()) return false;
  await Promise.race([sleep(kill.delayMs), command.ended]);
  return command.isRunning();
}
