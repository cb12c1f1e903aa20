import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DistillInput, DistillResult } from '../../activities/contract.ts';
import { connectionOptionsForAddress } from '../../adapters/temporal/connection-options.ts';
import { connectClient, connectWorker, type ConnectedClient } from '../../adapters/temporal/connection.ts';
import { acquireServer, type AcquiredServer } from '../../adapters/temporal/embedded-server.ts';
import { distillInput } from '../../worker/inputs/distill-input.ts';
import { processIo } from '../../cli/io.ts';
import { loadConfig } from '../../cli/places.ts';
import type { StageReceipt } from '../../schemas/stage-receipt.ts';
import type { RuntimeModule, StartedWorker, WorkerModule } from '../support/built-worker.ts';
import { PROJECT_ROOT } from '../support/run-lauter.ts';
import { makeTestSpace } from '../support/test-space.ts';
import { readFileSync } from 'node:fs';

const SAMPLES = join(PROJECT_ROOT, 'data/samples');
const space = makeTestSpace();
let server: AcquiredServer;
let connected: ConnectedClient;

beforeAll(async () => {
  const { quietRuntime } = (await import(join(PROJECT_ROOT, 'dist/worker/runtime.js'))) as RuntimeModule;
  quietRuntime();
  server = await acquireServer({ env: process.env, workspaceDir: space.workspace(), headless: true });
  connected = await connectClient(connectionOptionsForAddress(server.address));
});

afterAll(async () => {
  await connected.connection.close();
  await server.release();
  await space.clear();
});

test('a worker that forgets every workflow after each task reaches the digests of one that does not', async () => {
  const usual = await runSamples('usual', {}, {});
  const forgetful = await runSamples('forgetful', { maxCachedWorkflows: 0 }, {});
  expect(forgetful.digests).toEqual(usual.digests);
  expect(forgetful.histories).toBe(1);
});

test('a run that goes on with a fresh history every three shards reaches the same digests and counts its shards once', async () => {
  const usual = await runSamples('whole', {}, {});
  const continued = await runSamples('continued', {}, { shards_per_history: 3, window: 2 });
  expect(continued.histories).toBeGreaterThan(3);
  expect(continued.digests).toEqual(usual.digests);
  expect(continued.shards).toEqual(usual.shards);
});

interface Outcome {
  readonly digests: Record<string, string>;
  readonly shards: Record<string, [number, number]>;
  /** Parts the run was made of, each with a history of its own. */
  readonly histories: number;
}

async function runSamples(workspaceId: string, options: { maxCachedWorkflows?: number }, change: Partial<DistillInput>): Promise<Outcome> {
  const workspace = space.workspace();
  const { startWorker, queueOf } = (await import(join(PROJECT_ROOT, 'dist/worker/index.js'))) as WorkerModule;
  const native = await connectWorker(connectionOptionsForAddress(server.address));
  const worker: StartedWorker = await startWorker({ connection: native, namespace: 'default', workspace, workspaceId, ...options });
  try {
    const { config } = loadConfig({ ...processIo(), cwd: PROJECT_ROOT }, workspace, { config: join(SAMPLES, 'lauter.config.json') });
    const planned = distillInput({
      config,
      configBase: SAMPLES,
      paths: [],
      cwd: PROJECT_ROOT,
      skipUnknown: false,
      until: 'audit',
      workspaceId,
      now: new Date(),
    });
    const input = { ...planned, ...change };
    const { workflow } = connected.client;
    const result: DistillResult = await workflow.execute('distill', {
      workflowId: input.workflow_id,
      taskQueue: queueOf(workspaceId),
      args: [input],
    });
    expect(result.verdict).toBe('accepted');
    let histories = 0;
    for await (const part of workflow.list({ query: `WorkflowId = '${input.workflow_id}'` }))
      histories += part.workflowId === input.workflow_id ? 1 : 0;
    const receipts = ['materialize', 'score', 'export', 'receipts', 'audit'].map((stage) => readReceipt(workspace, result.run_id, stage));
    return {
      digests: Object.fromEntries(receipts.map((receipt) => [receipt.stage, receipt.digest])),
      shards: Object.fromEntries(receipts.map((receipt) => [receipt.stage, [receipt.counts.shards, receipt.counts.shards_reused]])),
      histories,
    };
  } finally {
    await worker.stop();
    await native.close();
  }
}

function readReceipt(workspace: string, runId: string, stage: string): StageReceipt {
  return JSON.parse(readFileSync(join(workspace, 'reports', runId, 'receipts', `${stage}.json`), 'utf8')) as StageReceipt;
}
