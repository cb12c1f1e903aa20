import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { PauseRequest } from '../../../activities/pause-contract.ts';
import { connectionOptionsForAddress } from '../../../adapters/temporal/connection-options.ts';
import { connectClient, connectWorker } from '../../../adapters/temporal/connection.ts';
import { createPauseActivities } from '../../../worker/pause-owner.ts';
import { quietRuntime } from '../../../worker/runtime.ts';
import { GUARD_PROGRAM } from '../../support/guarded-pause.ts';

/** What this program is told. */
export interface HarbourTrial {
  readonly address: string;
  readonly workspace: string;
  readonly queue: string;
  /** The bundled workflows. */
  readonly bundle: string;
  readonly request: PauseRequest;
}

/** A worker that works on one run which pauses production: a process to be killed at any moment. */
const trial = JSON.parse(process.argv[2] ?? 'null') as HarbourTrial;
quietRuntime();
const options = connectionOptionsForAddress(trial.address);
const { connection } = await connectClient(options);
const worker = await Worker.create({
  connection: await connectWorker(options),
  taskQueue: trial.queue,
  workflowBundle: { codePath: trial.bundle },
  activities: createPauseActivities({
    workspace: trial.workspace,
    workspaceId: 'quay',
    env: { PATH: process.env['PATH'] },
    program: [GUARD_PROGRAM],
    settings: { poll_ms: 100, idle_s: 5 },
  }),
});
const running = worker.run();
const { workflow } = new Client({ connection });
await workflow.start('harbourRun', { workflowId: trial.request.owner, taskQueue: trial.queue, args: [trial.request] });
process.stdout.write('started\n');
await running;
