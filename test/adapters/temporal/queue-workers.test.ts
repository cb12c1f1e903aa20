import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { workersOf } from '../../../adapters/temporal/queue-workers.ts';

function clientThatKnows(...identities: readonly string[]) {
  const describeTaskQueue = async () => ({ pollers: identities.map((identity) => ({ identity })) });
  return { options: { namespace: 'default' }, workflowService: { describeTaskQueue } } as unknown as Pick<
    Client,
    'workflowService' | 'options'
  >;
}

// No system gives out this process id: it is above the largest that Linux allows (2^22).
const DEAD = 4_194_305;

test('of the workers on this host only the living count, of those elsewhere all; each once', async () => {
  const own = `${process.pid}@${hostname()}`;
  const elsewhere = `${DEAD}@another-host`;
  expect(await workersOf(clientThatKnows(own, `${DEAD}@${hostname()}`, elsewhere, own), 'queue')).toEqual([own, elsewhere].sort());
});

test('nobody works on a queue that nobody polls', async () => {
  expect(await workersOf(clientThatKnows(), 'queue')).toEqual([]);
});
