import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findGuard } from '../../adapters/pause/guard-beat.ts';
import { openLeaseFile } from '../../adapters/pause/lease-file.ts';
import { guardPlaces, pausePlaces } from '../../adapters/pause/pause-places.ts';
import type { ProductionHealth } from '../../schemas/production-contract.ts';
import { startProgram } from './child-program.ts';
import { until } from './engine-client.ts';
import type { ModelServerScript } from './model-server/script.ts';

/** A server in a process of its own. */
export interface ServerApart {
  readonly url: string;
  close(): Promise<void>;
}

/** The reference production system in a process of its own; it is asked like any other. */
export interface ProductionApart extends ServerApart {
  health(): Promise<ProductionHealth>;
}

/** Starts the reference model server in a process of its own. */
export async function startModelServerApart(script: ModelServerScript): Promise<ServerApart> {
  const program = startProgram(new URL('model-server/main.ts', import.meta.url), [JSON.stringify(script)]);
  return { url: await program.hear(), close: () => program.kill() };
}

/** Starts the reference production system in a process of its own. */
export async function startProductionApart(): Promise<ProductionApart> {
  const program = startProgram(new URL('production-server/main.ts', import.meta.url), []);
  const url = await program.hear();
  return {
    url,
    health: async () => (await (await fetch(`${url}/health`)).json()) as ProductionHealth,
    close: () => program.kill(),
  };
}

/** True when production runs and no marker says that anybody holds it. */
export async function isPauseOver(workspace: string, production: ProductionApart): Promise<boolean> {
  return !(await production.health()).paused && openLeaseFile(workspace).read().kind === 'none';
}

/** SIGKILL for the guards of a workspace; how many there were. */
export async function killGuards(workspace: string): Promise<number> {
  let killed = 0;
  for (const key of guardKeys(workspace)) {
    const places = guardPlaces(workspace, key);
    const { state, beat } = findGuard(places);
    if (state === 'gone' || beat === null) continue;
    killed += Number(killProcess(beat.pid));
    await until(
      () => findGuard(places).state,
      (now) => now === 'gone',
    );
  }
  return killed;
}

/** SIGKILL for a process; false when it is gone already. */
export function killProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}

function guardKeys(workspace: string): string[] {
  try {
    const names = readdirSync(join(pausePlaces(workspace).folder, 'pause-guard'));
    return names.filter((name) => /^[^.].*\.json$/.test(name)).map((name) => name.slice(0, -'.json'.length));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}
