import { readFileSync } from 'node:fs';
import { withClient } from './engine-client.ts';
import { filesBelow } from './workspace-facts.ts';

/** Everything that the engine keeps of the workflows of a workspace: each text of every history, the payloads decoded. */
export function engineRecords(workspace: string): Promise<string> {
  return withClient(workspace, async ({ workflow }) => {
    const texts: string[] = [];
    for await (const { workflowId, runId } of workflow.list()) {
      texts.push(workflowId, ...textsIn(await workflow.getHandle(workflowId, runId).fetchHistory()));
    }
    return texts.join('\n');
  });
}

/** The text of every log file of a workspace. */
export function logsOf(workspace: string): string {
  return filesBelow(workspace)
    .filter((path) => path.endsWith('.log'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
