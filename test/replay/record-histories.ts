import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { acquireServer } from '../../adapters/temporal/embedded-server.ts';
import { quietRuntime } from '../../worker/index.ts';
import { HISTORIES, WORKFLOW_BUNDLE } from './built.ts';
import { standIns } from './stand-ins.ts';
import { STORIES } from './stories.ts';
import { historyFiles, type Story } from './story.ts';

/**
 * `npm run histories`: runs the built workflows on a real server, once for each story, and keeps the histories. The activities are stand-ins, so
 * that a pause or a cancel comes at the same point each time; a replay does not look behind them. `-- benchRun pauseGuard` records those workflows
 * anew and leaves the histories of all others as they are.
 */
const IDENTITY = 'recorder';
const taskQueue = 'histories';

const asked = new Set(process.argv.slice(2));
const stories = STORIES.filter(({ workflow }) => asked.size === 0 || asked.has(workflow));

const workspaceDir = mkdtempSync(join(tmpdir(), 'lauter-histories-'));
quietRuntime();
const server = await acquireServer({ workspaceDir, env: process.env, headless: true });
try {
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  mkdirSync(HISTORIES, { recursive: true });
  for (const file of readdirSync(HISTORIES)) if (asked.size === 0 || asked.has(file.split('-')[0]!)) rmSync(join(HISTORIES, file));
  for (const story of stories) await record(story, new Client({ connection, identity: IDENTITY }), native);
  await native.close();
  await connection.close();
} finally {
  await server.release();
  rmSync(workspaceDir, { recursive: true, force: true });
}

async function record(story: Story, client: Client, connection: NativeConnection): Promise<void> {
  const workflowId = `${story.workflow}-${story.name}`;
  const run = client.workflow.getHandle(workflowId);
  const worker = await Worker.create({
    connection,
    taskQueue,
    identity: IDENTITY,
    workflowBundle: { codePath: WORKFLOW_BUNDLE },
    activities: { ...standIns(taskQueue), ...story.standIns?.(run) },
  });
  await worker.runUntil(async () => {
    const { firstExecutionRunId } = await client.workflow.start(story.workflow, {
      workflowId,
      taskQueue,
      args: [story.input({ workflowId, taskQueue })],
    });
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
