import { sha256 } from '../adapters/digest.ts';
import { serverKey } from '../adapters/server-key.ts';
import { SLOT_QUEUE, WORK_QUEUE } from '../temporal.config.ts';

/** The task queue of a workspace. */
export function queueOf(workspaceId: string): string {
  return `${WORK_QUEUE}-${workspaceId}`;
}

/** Queue of the one place at an inference server, however its address is written. */
export function slotQueueOf(workspaceId: string, url: string): string {
  return `${SLOT_QUEUE}-${workspaceId}-${sha256(serverKey(url)).slice(0, 12)}`;
}
