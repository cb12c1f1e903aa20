import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { NativeConnection, TransportError } from '@temporalio/worker';
import { EngineError } from '../../domain/shared/errors.ts';
import { tryRepeatedly } from './backoff.ts';
import type { Backoff } from './backoff.ts';
import { endCallsOfClosedChannel } from './closed-channel.ts';
import type { EngineConnection } from './connection-options.ts';
import { grpcCode, isOutage } from './transient.ts';

/** A client and the connection that its owner closes. */
export interface ConnectedClient {
  readonly client: Client;
  readonly connection: Connection;
}

/** How long to try, and how long one attempt of a client may take before it counts as failed. */
export interface ConnectPatience extends Backoff {
  readonly attemptLimitMs?: number | undefined;
}

const PATIENCE: ConnectPatience = { giveUpAfterMs: 60_000 };

/** Connects a client; tries again while the server cannot be reached. EngineError when the time is up or the server refuses. */
export async function connectClient({ client: options, namespace }: EngineConnection, patience = PATIENCE): Promise<ConnectedClient> {
  // Without a status the connection did not come about at all.
  const isTransient = (error: unknown) => grpcCode(error) === null || isOutage(error);
  // Short enough that somebody who is not ready to wait long still hears what is waited for.
  const connectTimeout = patience.attemptLimitMs ?? Math.min(5_000, patience.giveUpAfterMs / 2);
  const connect = () => connectOnce({ ...options, connectTimeout });
  const connection = await tryRepeatedly(connect, isTransient, patience).catch(rethrow('client', options.address));
  return { client: new Client({ connection, namespace }), connection };
}

/** Connects a worker; tries again while the server cannot be reached, which the SDK by itself does not. EngineError as for a client. */
export async function connectWorker({ worker: options }: EngineConnection, patience: Backoff = PATIENCE): Promise<NativeConnection> {
  const isTransient = (error: unknown) => error instanceof TransportError || isOutage(error);
  return tryRepeatedly(() => NativeConnection.connect(options), isTransient, patience).catch(rethrow('worker', options.address));
}

/** As Connection.connect, which leaves its channel open when it fails. */
async function connectOnce(options: ConnectionOptions): Promise<Connection> {
  // After a long outage gRPC by itself would let up to two minutes pass before it looks again.
  const channelArgs = { 'grpc.max_reconnect_backoff_ms': 5_000, ...options.channelArgs };
  const interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endCallsOfClosedChannel];
  const connection = Connection.lazy({ ...options, channelArgs, interceptors });
  try {
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function rethrow(who: 'client' | 'worker', address: string): (error: unknown) => never {
  return (error) => {
    throw new EngineError(
      `connecting a ${who}, on ${address}: expected a Temporal server, found ${error instanceof Error ? error.message : String(error)}.`,
      'Check that the server runs and that address, certificates and key are right, then run the same command again.',
      { address },
      error,
    );
  };
}
