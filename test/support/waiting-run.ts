import { readWorkspace } from '../../adapters/files/workspace.ts';
import { distillInput } from '../../worker/inputs/distill-input.ts';
import { loadConfig } from '../../cli/places.ts';
import { writeRunStart } from '../../cli/runs/lake-runs.ts';
import { queueOf } from '../../worker/index.ts';
import { withClient } from './engine-client.ts';
import { startLauter } from './lauter-command.ts';
import { recordingIo } from './recording-io.ts';

/**
 * Leaves a run in a workspace as a command does that is killed as soon as it has begun: engine and lake know it, and nobody works on it, so it
 * stands still for as long as a test needs. The server stays up until it is stopped. Returns the run's id.
 */
export async function leaveWaitingRun(workspace: string): Promise<string> {
  const started = await startLauter(['server', 'start', '--workspace', workspace]).ended;
  const id = readWorkspace(workspace)?.id;
  if (started.code !== 0 || id === undefined) throw new Error(started.err);
  const input = distillInput({
    config: loadConfig(recordingIo(), workspace, {}).config,
    configBase: workspace,
    paths: [],
    cwd: workspace,
    skipUnknown: false,
    until: 'audit',
    workspaceId: id,
    now: new Date(),
  });
  const { run_id, workflow_id, started_at } = input;
  await withClient(workspace, (client) =>
    client.workflow.start('distill', { workflowId: workflow_id, taskQueue: queueOf(id), args: [input], memo: { run_id } }),
  );
  const command = ['distill', 'run-all', '--workspace', workspace];
  writeRunStart(workspace, { schema: 'run-start/1', run_id, workflow_id, started_at, cwd: workspace, command });
  return run_id;
}
