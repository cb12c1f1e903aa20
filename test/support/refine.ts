import { createDistillWork } from '../../activities/index.ts';
import type { DistillActivities, DistillInput, DistillResult } from '../../activities/contract.ts';
import type { Attempt } from '../../activities/ports.ts';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { distillInput } from '../../worker/inputs/distill-input.ts';
import { VERSION } from '../../cli/version.ts';
import { configSchema } from '../../schemas/config.ts';
import { EXPORT_SETS, STAGES, type Stage } from '../../schemas/vocabulary.ts';
import { createPorts } from '../../worker/ports.ts';

export interface RefineOptions {
  readonly until?: Stage;
  /** Time of the run's start; run ids sort by it. */
  readonly now?: string;
  readonly distill?: object;
}

/** A whole refinery run in this process: the stages in the order of the workflow, without an engine. The paths start from `cwd`. */
export async function refine(
  workspace: string,
  paths: readonly string[],
  cwd: string,
  options: RefineOptions = {},
): Promise<DistillResult> {
  const { id, close } = openWorkspace(workspace, VERSION);
  close();
  const until = options.until ?? 'audit';
  const run = distillInput({
    config: configSchema.parse({ distill: options.distill ?? {} }),
    configBase: workspace,
    paths,
    cwd,
    skipUnknown: false,
    until,
    workspaceId: id,
    now: new Date(options.now ?? '2026-03-02T08:15:00Z'),
  });
  const work = createDistillWork(createPorts(workspace, { threads: 1, memoryMb: 512 }));
  const stages = STAGES.slice(0, STAGES.indexOf(until) + 1);
  for (const stage of stages) await STEPS[stage](work, run);
  return work.finishRun(run, ATTEMPT);
}

const ATTEMPT: Attempt = { throwIfStopped: () => undefined, report: () => undefined };

type Work = ReturnType<typeof createDistillWork>;
type Planned = 'planMaterialize' | 'planScore' | 'planExport';
type Sharded = 'materializeShard' | 'scoreShard' | 'exportShard';

async function eachShard(
  work: Work,
  run: DistillInput,
  plan: Planned,
  shard: Sharded,
): Promise<Parameters<DistillActivities['settleScore']>[0]> {
  const { shards, pending } = await work[plan](run, ATTEMPT);
  for (const index of pending) await work[shard]({ run, index }, ATTEMPT);
  return { run, shards, shards_reused: shards - pending.length, started_at: run.started_at };
}

const FILES = [...EXPORT_SETS, 'quarantine'] as const;

const STEPS: Readonly<Record<Stage, (work: Work, run: DistillInput) => Promise<void>>> = {
  materialize: async (work, run) => work.settleMaterialize(await eachShard(work, run, 'planMaterialize', 'materializeShard'), ATTEMPT),
  score: async (work, run) => work.settleScore(await eachShard(work, run, 'planScore', 'scoreShard'), ATTEMPT),
  export: async (work, run) => {
    const stage = await eachShard(work, run, 'planExport', 'exportShard');
    await work.decideExport(run, ATTEMPT);
    for (const set of FILES) await work.writeExportSet({ run, set }, ATTEMPT);
    await work.settleExport(stage, ATTEMPT);
  },
  receipts: (work, run) => work.writeReceipts({ run, shards: 0, shards_reused: 0, started_at: run.started_at }, ATTEMPT),
  audit: async (work, run) => {
    for (const set of FILES) await work.auditExportSet({ run, set }, ATTEMPT);
    await work.settleAudit({ run, shards: 0, shards_reused: 0, started_at: run.started_at }, ATTEMPT);
  },
};
