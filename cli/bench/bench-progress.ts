import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { benchRunFolder, openBenchRuns } from '../../adapters/bench/run-store.ts';
import type { ModelPlan } from '../../domain/bench-steps/index.ts';
import type { ShownProgress } from '../progress.ts';

/** How far a run has come, by what lies in its folder: finished calls of those that are planned. Undefined before there is a plan. */
export function runProgress(workspace: string, runId: string, models: number, label: string): ShownProgress | undefined {
  const runs = openBenchRuns(workspace);
  if (!runs.has(runId, 'plan')) return undefined;
  const plan = runs.read<ModelPlan>(runId, 'plan');
  const total = models * (plan.main_calls + plan.self_consistency_calls + plan.warmup_calls);
  const done = countCalls(join(benchRunFolder(workspace, runId), 'calls'));
  return { run_id: runId, stage: label, done: Math.min(done, total), total, rows: 0, paused: null };
}

/** Each finished call is one file. */
function countCalls(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).reduce((sum, name) => {
    const inner = join(folder, name);
    return sum + (statSync(inner).isDirectory() ? readdirSync(inner).filter((file) => file.endsWith('.json')).length : 0);
  }, 0);
}
