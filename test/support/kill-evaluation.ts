import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openWorkStore, type WorkKind } from '../../adapters/work-store.ts';
import type { Random } from '../../domain/shared/random.ts';
import { loggedCalls } from './bench-harbor.ts';
import { killProcess } from './bench-processes.ts';
import { serverPid, until } from './engine-client.ts';
import type { Ended, LauterCommand } from './lauter-command.ts';

/** A long evaluation that asks models over HTTP, and leaves a line for each call that was answered. */
export interface FoughtEvaluation {
  readonly kind: WorkKind;
  readonly workspace: string;
  readonly requestLog: string;
  /** Calls of one that nobody disturbs. */
  readonly calls: number;
  /** What a command says once its run is known. */
  readonly known: RegExp;
  start(): LauterCommand;
}

/** What stood when a command was killed: calls whose answers are kept, by their request ids, and how many had been answered. */
export interface Standing {
  readonly kept: ReadonlySet<string>;
  readonly asked: number;
}

/** Runs the same command until it ends by itself; on the way it is killed twice and its server once, in any order. */
export async function killAgainAndAgain(
  { workspace, requestLog, calls, known, kind, start }: FoughtEvaluation,
  random: Random,
): Promise<{ readonly ended: Ended; readonly standings: readonly Standing[] }> {
  const standings: Standing[] = [];
  let command = start();
  for (const [at, target] of random.shuffle(['command', 'command', 'server'] as const).entries()) {
    await command.hear(known);
    const goal = Math.floor(((at + 0.2 + 0.6 * random.next()) * calls) / 4);
    await until(
      () => !command.isRunning() || loggedCalls(requestLog).length >= goal,
      (isTime) => isTime,
    );
    expect(command.isRunning(), command.said()).toBe(true);
    if (target === 'server') killProcess((await serverPid(workspace))!);
    else {
      await command.kill();
      standings.push({ kept: keptCalls(workspace, kind), asked: loggedCalls(requestLog).length });
      command = start();
    }
  }
  return { ended: await command.ended, standings };
}

/** Calls that went out though their answers were kept. */
export function askedAgain(requestLog: string, standings: readonly Standing[]): unknown[] {
  const calls = loggedCalls(requestLog);
  return standings.flatMap(({ kept, asked }) => calls.slice(asked).filter(({ request_id: id }) => kept.has(id!)));
}

/** Under what a call goes out that was answered, and whose answer is kept. */
export function keptCalls(workspace: string, kind: WorkKind): Set<string> {
  const store = openWorkStore(workspace, kind);
  const folders = store.list().map((id) => join(store.folder(id), 'calls'));
  const names = folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder));
  return new Set(names.map((name) => name.slice(0, 32)));
}
