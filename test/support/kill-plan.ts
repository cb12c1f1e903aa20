import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../domain/shared/random.ts';
import { until } from './engine-client.ts';
import type { LauterCommand } from './lauter-command.ts';
import { filesBelow } from './workspace-facts.ts';

export type KillTarget = 'command' | 'server' | 'worker' | 'command and server';

/** One SIGKILL: whom it hits, and when, counted from the kill before or from the start. */
export interface Kill {
  readonly target: KillTarget;
  /** So many more documents and shard entries have appeared … */
  readonly afterSteps: number;
  /** … and then this long. */
  readonly delayMs: number;
}

/** Who is hit how often: in a run that one command works on, and in one that shares its work with a worker. */
const DECKS = {
  alone: ['command', 'command', 'command', 'server', 'server', 'command and server'],
  shared: ['worker', 'worker', 'worker', 'command', 'command', 'server', 'command and server'],
} as const satisfies Record<string, readonly KillTarget[]>;

/** Draws kills for one run of so many steps, spread over it. */
export function drawKills(random: Random, who: keyof typeof DECKS, count: number, stepsOfRun: number): Kill[] {
  let deck: KillTarget[] = [];
  return Array.from({ length: count }, () => {
    if (deck.length === 0) deck = random.shuffle<KillTarget>(DECKS[who]);
    const afterSteps = random.int(Math.ceil((1.5 * stepsOfRun) / (count + 1)));
    // A kill without a step before it falls into the start of a command, which lasts longer than a step.
    return { target: deck.pop()!, afterSteps, delayMs: random.int(afterSteps === 0 ? 1_500 : 250) };
  });
}

/** Files that tell how far a run is: entries of finished shards, and documents of finished stages. */
export function countSteps(workspace: string): number {
  return ['entries', 'runs', 'heads'].reduce((sum, name) => sum + filesBelow(join(workspace, 'lake', name)).length, 0);
}

/** Waits for the moment of a kill; false when the command ended before. */
export async function awaitMoment(workspace: string, command: LauterCommand, moment: Omit<Kill, 'target'>): Promise<boolean> {
  const goal = countSteps(workspace) + moment.afterSteps;
  await until(
    () => !command.isRunning() || countSteps(workspace) >= goal,
    (isOver) => isOver,
  );
  if (!command.isRunning()) return false;
  await Promise.race([sleep(moment.delayMs), command.ended]);
  return command.isRunning();
}
