import { serverStatus } from '../adapters/temporal/embedded-server.ts';
import { connectClient } from '../adapters/temporal/connection.ts';
import { connectionOptionsFromEnvironment, type EngineConnection } from '../adapters/temporal/connection-options.ts';
import { EngineError } from '../domain/shared/errors.ts';
import type { ServerStatusReport } from '../schemas/server-status.ts';
import type { Io } from './io.ts';

/** The server that commands of this workspace use, without touching it. */
export async function readServerStatus(io: Pick<Io, 'env'>, workspaceDir: string): Promise<ServerStatusReport> {
  const given = connectionOptionsFromEnvironment(io.env);
  if (given !== null) {
    const state = (await answers(given)) ? 'answering' : 'silent';
    return { ...UNKNOWN, schema: 'server-status/1', state, from: 'environment', address: given.client.address };
  }
  const { state, last, users } = await serverStatus(workspaceDir);
  const isUp = state !== 'stopped';
  return {
    schema: 'server-status/1',
    state,
    from: 'workspace',
    address: last?.address ?? null,
    ui_address: isUp ? (last?.ui_address ?? null) : null,
    pid: isUp ? (last?.pid ?? null) : null,
    server_version: last?.server_version ?? null,
    started_at: isUp ? (last?.started_at ?? null) : null,
    keep: isUp && last?.keep === true,
    users,
  };
}

const UNKNOWN = { ui_address: null, pid: null, server_version: null, started_at: null, keep: false, users: 0 };

const ANSWER_LIMIT_MS = 3_000;

async function answers(given: EngineConnection): Promise<boolean> {
  try {
    const { connection } = await connectClient(given, { giveUpAfterMs: 0, attemptLimitMs: ANSWER_LIMIT_MS });
    await connection.close();
    return true;
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}
