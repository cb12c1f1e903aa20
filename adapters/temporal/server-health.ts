import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

const NAMESPACE = 'default';
/** How long the server remembers closed workflows; our own records last longer. */
const RETENTION_SECONDS = 720 * 3600;

/**
 * True when the server answers for its namespace within the limit. An open port and even the health service come a little earlier than the
 * namespace, so only its description counts. Stops early with false when `isServerAlive` says that there is nobody left to answer.
 */
export async function answersForNamespace(
  address: string,
  limits: { giveUpAfterMs: number; isServerAlive: () => boolean },
): Promise<boolean> {
  const deadline = performance.now() + limits.giveUpAfterMs;
  const retry = async (attempt: () => Promise<boolean>) => {
    while (limits.isServerAlive()) {
      if (await attempt()) return true;
      if (performance.now() > deadline) return false;
      await sleep(20);
    }
    return false;
  };
  // A gRPC channel that was refused once waits a second before it tries again, so it is opened only when somebody listens.
  if (!(await retry(() => acceptsConnections(address)))) return false;
  const limitMs = Math.min(2_000, limits.giveUpAfterMs);
  return withConnection(address, (connection) => retry(async () => (await describe(connection, limitMs)) !== null));
}

/** Keeps closed workflows for 30 days instead of one; leaves a longer time that somebody has set. Once per database. */
export async function extendRetention(address: string): Promise<void> {
  await withConnection(address, async (connection) => {
    const found = await describe(connection, 5_000);
    if (Number(found?.config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= RETENTION_SECONDS) return;
    const config = { workflowExecutionRetentionTtl: msToTs(RETENTION_SECONDS * 1000) };
    await connection.withDeadline(Date.now() + 5_000, () => connection.workflowService.updateNamespace({ namespace: NAMESPACE, config }));
  });
}

function acceptsConnections(address: string): Promise<boolean> {
  const { hostname: host, port } = new URL(`tcp://${address}`);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 1_000 });
    const answer = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => answer(true));
    for (const failure of ['error', 'timeout']) socket.once(failure, () => answer(false));
  });
}

async function withConnection<T>(address: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  // Without interceptors: the SDK's own retries would turn one refused call into 18 s of waiting. With a channel of its own: a shared one
  // would make us wait for the backoff of this process's other clients after an outage.
  const connection = Connection.lazy({ address, interceptors: [], channelArgs: { 'grpc.use_local_subchannel_pool': 1 } });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** The namespace as the server describes it; null while it cannot. */
async function describe(connection: Connection, limitMs: number) {
  try {
    return await connection.withDeadline(Date.now() + limitMs, () =>
      connection.workflowService.describeNamespace({ namespace: NAMESPACE }),
    );
  } catch {
    return null;
  }
}
