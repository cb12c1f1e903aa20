import { readWorkspace } from '../../adapters/files/workspace.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { ServerStatusReport } from '../../schemas/server-status.ts';
import { commandBudget } from '../cost/command-budget.ts';
import { loadConfig } from '../places.ts';
import type { EngineView } from '../runs/engine-view.ts';
import { knownRuns, type KnownRun } from '../runs/known-runs.ts';
import { readServerStatus } from '../server-report.ts';
import type { ConfigFinding } from './check-config.ts';
import { checkEmbedder, checkReranker } from './check-embedder.ts';
import type { CheckedModels } from './check-mode.ts';
import type { Patient } from './checks.ts';

/** A config that was read. */
export type Configured = Exclude<ConfigFinding, { readonly problem: LauterError }>;

/** What several checks look at, each found out once and only when one of them asks. */
export interface Facts extends Patient {
  /** Null in a folder that is no workspace. */
  readonly workspaceId: string | null;
  /** Null where nobody asked for it, or in a folder that is no workspace. */
  readonly engine: EngineView | null;
  config(): ConfigFinding;
  server(): Promise<ServerStatusReport>;
  runs(engine: EngineView): Promise<readonly KnownRun[]>;
  models(config: Configured): Promise<CheckedModels>;
}

/** The facts of a patient, whose engine is looked at by whoever holds it open. */
export function gatherFacts(patient: Patient, engine: EngineView | null): Facts {
  const { io, root } = patient;
  return {
    ...patient,
    engine,
    workspaceId: workspaceIdOf(root),
    config: once(() => findConfig(patient)),
    server: once(() => readServerStatus(io, root)),
    runs: once((view: EngineView) => knownRuns(root, view)),
    models: once(async ({ base, value: { search, cost } }: Configured) => {
      const place = { base, search, budget: commandBudget(root, 'doctor', cost) };
      return { embedder: await checkEmbedder(patient, place), reranker: await checkReranker(patient, place) };
    }),
  };
}

/** Null for a folder that is no workspace; the check of the workspace says why. */
export function workspaceIdOf(root: string): string | null {
  try {
    return readWorkspace(root)?.id ?? null;
  } catch (error) {
    if (error instanceof LauterError) return null;
    throw error;
  }
}

function once<Given extends unknown[], Found>(find: (...given: Given) => Found): (...given: Given) => Found {
  let found: { readonly value: Found } | undefined;
  return (...given) => (found ??= { value: find(...given) }).value;
}

function findConfig({ io, root, options }: Patient): ConfigFinding {
  try {
    const { config, path, base } = loadConfig(io, root, options);
    return { value: config, path, base };
  } catch (error) {
    if (error instanceof LauterError) return { problem: error };
    throw error;
  }
}
