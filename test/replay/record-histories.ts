import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { DistillActivities, DistillInput } from '../../activities/contract.ts';
import { acquireServer } from '../../adapters/temporal/embedded-server.ts';
import { configSchema } from '../../schemas/config.ts';
import { quietRuntime } from '../../worker/index.ts';
import { HISTORIES, WORKFLOW_BUNDLE } from './built.ts';
import { historyFiles, STORIES, type Story } from './stories.ts';

/**
 * `npm run histories`: runs the built workflow on a real server, once for each story, and keeps the histories. The activities are stand-ins, so
 * that a pause or a cancel comes at the same point each time; a replay does not look behind them.
 */
const IDENTITY = 'recorder';
const taskQueue = 'histories';

const workspaceDir = mkdtempSync(join(tmpdir(), 'lauter-histories-'));
quietRuntime();
const server = await acquireServer({ workspaceDir, env: process.env, headless: true });
try {
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  rmSync(HISTORIES, { recursive: true, force: true });
  mkdirSync(HISTORIES);
  for (const story of STORIES) await record(story, new Client({ connection, identity: IDENTITY }), native);
  await native.close();
  await connection.close();
} finally {
  await server.release();
  rmSync(workspaceDir, { recursive: true, force: true });
}

async function record(story: Story, client: Client, connection: NativeConnection): Promise<void> {
  const workflowId = `distill-${story.name}`;
  const run = client.workflow.getHandle(workflowId);
  const worker = await Worker.create({
    connection,
    taskQueue,
    identity: IDENTITY,
    workflowBundle: { codePath: WORKFLOW_BUNDLE },
    activities: standIns(() => story.inTheMiddle?.(run)),
  });
  await worker.runUntil(async () => {
    const { firstExecutionRunId } = await client.workflow.start('distill', { workflowId, taskQueue, args: [inputOf(story, workflowId)] });
    await story.meanwhile?.(run);
    // How it ended is looked up in the history.
    await run.result().catch(() => undefined);
    await keepHistories(story, client, await partsOf(client, workflowId, firstExecutionRunId));
  });
}

/** The parts of a run that continued as new, in order. */
async function partsOf(client: Client, workflowId: string, runId: string): Promise<readonly WorkflowHandle[]> {
  const part = client.workflow.getHandle(workflowId, runId);
  const last = (await part.fetchHistory()).events?.at(-1);
  const next = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  return next ? [part, ...(await partsOf(client, workflowId, next))] : [part];
}

async function keepHistories(story: Story, client: Client, parts: readonly WorkflowHandle[]): Promise<void> {
  const files = historyFiles(story);
  if (parts.length !== files.length) throw new Error(`${story.name}: expected ${files.length} parts, found ${parts.length}`);
  for (const [index, part] of parts.entries()) {
    const history = JSON.parse(historyToJSON(await part.fetchHistory()), withoutStack) as object;
    writeFileSync(join(HISTORIES, files[index]!), `${JSON.stringify(history, null, 1)}\n`);
    process.stderr.write(`${files[index]}\n`);
  }
}

/** Stack traces name folders of this machine, and a replay does not look at them. */
function withoutStack(key: string, value: unknown): unknown {
  return key === 'stackTrace' ? undefined : value;
}

function inputOf({ name, input }: Story, workflowId: string): DistillInput {
  return {
    run_id: `20260302T080000000Z-${name}`,
    workflow_id: workflowId,
    started_at: '2026-03-02T08:00:00.000Z',
    requests: [{ name: 'desk', paths: ['traces/desk.jsonl'], base: '/harbour', options: {} }],
    skip_unknown: false,
    settings: configSchema.parse({}).distill,
    config_digest: 'f'.repeat(64),
    config_base: '.',
    code_version: '0.1.0',
    until: 'audit',
    window: 2,
    ...input,
  };
}

/** Activities that answer as if three shards of ten rows were refined, the last of which was there before scoring. */
function standIns(inTheMiddle: () => Promise<void> | undefined): DistillActivities {
  const shard = async (): Promise<{ rows: number }> => ({ rows: 10 });
  const nothing = async (): Promise<void> => undefined;
  return {
    planMaterialize: async ({ done }) => ({ shards: 3, pending: done === undefined ? [0, 1, 2] : [2], reused: 0 }),
    materializeShard: async ({ index }) => {
      if (index === 1) await inTheMiddle();
      return { rows: 10 };
    },
    settleMaterialize: nothing,
    planScore: async () => ({ shards: 3, pending: [0, 1], reused: 0 }),
    scoreShard: shard,
    settleScore: nothing,
    planExport: async () => ({ shards: 3, pending: [], reused: 0 }),
    exportShard: shard,
    decideExport: nothing,
    writeExportSet: nothing,
    settleExport: nothing,
    writeReceipts: nothing,
    auditExportSet: nothing,
    settleAudit: nothing,
    finishRun: async ({ run_id, until }) => ({
      run_id,
      verdict: until === 'audit' ? 'accepted' : 'unfinished',
      summary_path: `exports/${run_id}/summary.json`,
    }),
    abandonRun: nothing,
  };
}
