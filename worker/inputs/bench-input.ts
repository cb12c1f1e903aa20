import { randomBytes } from 'node:crypto';
import { isAbsolute, join, resolve } from 'node:path';
import type { BenchRunInput, BenchSweepInput } from '../../activities/bench-contract.ts';
import { qaPlace } from '../../adapters/bench/qa-files.ts';
import { sha256 } from '../../adapters/digest.ts';
import { openRepository } from '../../adapters/git/repository.ts';
import { VERSION } from '../../adapters/program-version.ts';
import { formRunId } from '../../domain/bench/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { BenchRunSettings } from '../../schemas/bench-run-settings.ts';
import { pauseGuardId } from '../pause-owner.ts';
import { slotQueueOf } from '../queues.ts';

/** What runs are made of beside their settings. */
export interface RunRequest {
  /** Where it is asked for: relative paths start there, and its commit is recorded. */
  readonly io: { readonly cwd: string; readonly env: NodeJS.ProcessEnv };
  readonly workspace: { readonly root: string; readonly id: string };
  readonly settings: BenchRunSettings;
  readonly models: readonly string[];
  /** After this long without a sign of life an attempt counts as dead. */
  readonly heartbeatTimeoutMs: number;
  readonly now: Date;
}

/** One run over the models. */
export async function runInput(request: RunRequest, out: string | undefined): Promise<BenchRunInput> {
  const run_id = newId('run', request);
  return {
    ...(await commonInput(request)),
    run_id,
    owner: run_id,
    sweep: null,
    out: out === undefined ? null : resolve(request.io.cwd, out),
  };
}

/** A sweep of as many runs, each with an id of its own from the beginning, so that whoever goes on knows which of them are done. */
export async function sweepInput(
  request: RunRequest,
  { runs, budgets, out }: { readonly runs: number; readonly budgets: BenchSweepInput['budgets']; readonly out: string | undefined },
): Promise<BenchSweepInput> {
  const common = await commonInput(request);
  const id = newId('sweep', request);
  const folder = out === undefined ? null : resolve(request.io.cwd, out);
  const workflow_id = `bt29-${sha256(canonicalJson({ config: common.config_hash, runs, budgets })).slice(0, 12)}`;
  return {
    sweep_id: id,
    workflow_id,
    budgets,
    out: folder,
    runs: Array.from({ length: runs }, (_, at) => ({
      ...common,
      run_id: newId('run', request),
      owner: workflow_id,
      sweep: { id, index: at + 1, of: runs },
      out: folder === null ? null : join(folder, `r${at + 1}.jsonl`),
    })),
  };
}

async function commonInput({ io, workspace, settings, models, heartbeatTimeoutMs, now }: RunRequest) {
  const { production_url, base_url, qa } = settings;
  const place = qa === null ? null : qaPlace(workspace.root, qa, io.cwd);
  return {
    started_at: now.toISOString(),
    models: [...models],
    // A path is meant from where the command was typed.
    settings: {
      ...settings,
      qa:
        place === null
          ? null
          : /[/\\]/.test(place.name) || isAbsolute(place.name) || place.name.endsWith('.jsonl')
            ? place.path
            : place.name,
    },
    guard_id: production_url === null ? null : pauseGuardId(production_url),
    heartbeat_timeout_ms: heartbeatTimeoutMs,
    slot_queue: slotQueueOf(workspace.id, base_url),
    config_hash: configHash(workspace.id, settings, models),
    code: { version: VERSION, ...(await codeOf(io)) },
  };
}

function configHash(workspaceId: string, settings: BenchRunSettings, models: readonly string[]): string {
  return sha256(canonicalJson({ workspaceId, settings, models: [...models] }));
}

function newId(kind: 'run' | 'sweep', { workspace, settings, models, now }: RunRequest): string {
  const configured = configHash(workspace.id, settings, models);
  const id = formRunId({ startedAt: now.toISOString(), configHash: configured, randomBytes: randomBytes(6) });
  return id.replace(/^run/, kind);
}

/** The commit that the command was typed in, where there is one. */
async function codeOf({ cwd, env }: RunRequest['io']): Promise<{ commit: string | null; is_dirty: boolean | null }> {
  try {
    const repository = await openRepository(cwd, env);
    return { commit: await repository.head(), is_dirty: (await repository.changes()).length > 0 };
  } catch (error) {
    if (error instanceof UsageError) return { commit: null, is_dirty: null };
    throw error;
  }
}
