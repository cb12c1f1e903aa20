import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, defaultGrpcRetryOptions, isGrpcServiceError, makeGrpcRetryInterceptor } from '@temporalio/client';
import { expect, test } from 'vitest';
import { endCallsOfClosedChannel } from '../../../adapters/temporal/closed-channel.ts';

/** An address at which nobody listens. */
async function emptyAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
}

test('a call that is tried again after its connection was closed ends as cancelled and throws nothing from a timer', async () => {
  const tries: (() => void)[] = [];
  const retries = makeGrpcRetryInterceptor({ ...defaultGrpcRetryOptions(), delayFunction: () => (tries.shift()?.(), 50) });
  const connection = Connection.lazy({ address: await emptyAddress(), interceptors: [retries, endCallsOfClosedChannel] });
  const failedOnce = new Promise<void>((resolve) => tries.push(resolve));
  const call = connection.workflowService.getSystemInfo({}).catch((error: unknown) => error);
  await failedOnce;
  await connection.close();
  const error = await call;
  expect(isGrpcServiceError(error) && error.code).toBe(1);
  expect(String(error)).toContain('Channel has been shut down');
});

test('a first call on a closed connection ends as cancelled, too', async () => {
  const interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endCallsOfClosedChannel];
  const connection = Connection.lazy({ address: await emptyAddress(), interceptors });
  await connection.close();
  const error = await connection.workflowService.getSystemInfo({}).catch((found: unknown) => found);
  expect(isGrpcServiceError(error) && error.code).toBe(1);
});

test('without it the second try ends the process', async () => {
  let thrown: unknown;
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const heard = new Promise<void>((resolve) => {
    process.once('uncaughtException', (error) => {
      thrown = error;
      resolve();
    });
  });
  try {
    let closeNow!: () => void;
    const failedOnce = new Promise<void>((resolve) => (closeNow = resolve));
    const retries = makeGrpcRetryInterceptor({ ...defaultGrpcRetryOptions(), delayFunction: () => (closeNow(), 50) });
    const connection = Connection.lazy({ address: await emptyAddress(), interceptors: [retries] });
    void connection.workflowService.getSystemInfo({}).catch(() => undefined);
    await failedOnce;
    await connection.close();
    await Promise.race([heard, sleep(5_000)]);
    expect(String(thrown)).toContain('Channel has been shut down');
  } finally {
    for (const listener of before) process.on('uncaughtException', listener);
  }
});
