import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DistillInput, ShardInput, ShardResult, StageInput, StagePlan } from '../../activities/contract.ts';
import { createDistillWork, type DistillWork } from '../../activities/index.ts';
import type { Attempt, Ports, SourceRequest } from '../../activities/ports.ts';
import { distillSettingsSchema, type DistillSettings } from '../../schemas/distill-settings.ts';
import { EXPORT_SETS, STAGES, type Stage } from '../../schemas/vocabulary.ts';
import { createPorts } from '../../worker/ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** An attempt that nobody stops. */
export const ATTEMPT: Attempt = { throwIfStopped: () => undefined, report: () => undefined };

export const OUTPUT_SETS = [...EXPORT_SETS, 'quarantine'] as const;

/** A run over a workspace of its own, done activity by activity without an engine. */
export interface TestRun {
  readonly root: string;
  readonly workspace: string;
  readonly ports: Ports;
  readonly work: DistillWork;
  readonly input: DistillInput;
}

export interface TestRunOptions {
  /** Files of traces below `traces/`. */
  readonly traces: Readonly<Record<string, string | Uint8Array>>;
  readonly settings?: Partial<DistillSettings>;
  readonly requests?: readonly Omit<SourceRequest, 'base'>[];
  /** Where traces and workspace lie; a folder of the running test unless several tests share the run. */
  readonly root?: string;
}

/** A run that has not begun. */
export function makeTestRun({ traces, settings, requests, root = temporaryFolder() }: TestRunOptions): TestRun {
  mkdirSync(join(root, 'traces'));
  for (const [name, content] of Object.entries(traces)) writeFileSync(join(root, 'traces', name), content);
  const input: DistillInput = {
    run_id: 'run-1',
    workflow_id: 'distill-test',
    started_at: '2026-03-05T12:00:00.000Z',
    requests: (requests ?? [{ paths: ['traces'], options: {} }]).map((request) => ({ ...request, base: root })),
    skip_unknown: false,
    settings: distillSettingsSchema.parse({ formats: ['jsonl'], ...settings }),
    config_digest: 'c'.repeat(64),
    config_base: root,
    code_version: 'test',
    until: 'audit',
    window: 2,
  };
  return openTestRun(root, input);
}

/** A copy of a run as it stands, for a test that changes what it finds. */
export function copyTestRun({ root, input }: TestRun): TestRun {
  const copy = temporaryFolder();
  cpSync(root, copy, { recursive: true });
  return openTestRun(copy, { ...input, requests: input.requests.map((request) => ({ ...request, base: copy })) });
}

/** A run over traces and a workspace that may be there already. */
export function openTestRun(root: string, input: DistillInput): TestRun {
  const workspace = join(root, 'workspace');
  const ports = createPorts(workspace, { threads: 2, memoryMb: 256 });
  return { root, workspace, ports, work: createDistillWork(ports), input };
}

/** Does the stages in their order, up to the last one asked for. Gives what was planned of each. */
export async function doStages(run: TestRun, until: Stage = 'audit'): Promise<Partial<Record<Stage, StagePlan>>> {
  const { work, input } = run;
  const plans: Partial<Record<Stage, StagePlan>> = {};
  for (const stage of STAGES.slice(0, STAGES.indexOf(until) + 1)) {
    if (stage === 'materialize') plans[stage] = await eachShard(run, work.planMaterialize, work.materializeShard);
    if (stage === 'score') plans[stage] = await eachShard(run, work.planScore, work.scoreShard);
    if (stage === 'export') {
      plans[stage] = await eachShard(run, work.planExport, work.exportShard);
      await work.decideExport(input, ATTEMPT);
      for (const set of OUTPUT_SETS) await work.writeExportSet({ run: input, set }, ATTEMPT);
    }
    if (stage === 'audit') for (const set of OUTPUT_SETS) await work.auditExportSet({ run: input, set }, ATTEMPT);
    const plan = plans[stage];
    const settled = { run: input, shards: plan?.shards ?? 0, shards_reused: plan?.reused ?? 0 };
    await settle(work, stage, { ...settled, started_at: input.started_at });
  }
  return plans;
}

async function eachShard(
  { input }: TestRun,
  plan: (input: DistillInput, attempt: Attempt) => Promise<StagePlan>,
  shardWork: (input: ShardInput, attempt: Attempt) => Promise<ShardResult>,
): Promise<StagePlan> {
  const planned = await plan(input, ATTEMPT);
  for (const index of planned.pending) await shardWork({ run: input, index }, ATTEMPT);
  return planned;
}

function settle(work: DistillWork, stage: Stage, input: StageInput): Promise<void> {
  const settles = {
    materialize: work.settleMaterialize,
    score: work.settleScore,
    export: work.settleExport,
    receipts: work.writeReceipts,
    audit: work.settleAudit,
  };
  return settles[stage](input, ATTEMPT);
}
