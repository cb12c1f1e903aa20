import { expect, test } from 'vitest';
import { connectClient, connectWorker } from '../../../adapters/temporal/connection.ts';
import { connectionOptionsForAddress } from '../../../adapters/temporal/connection-options.ts';
import { choosePort } from '../../../adapters/temporal/free-port.ts';
import { EngineError } from '../../../domain/shared/errors.ts';

test.each([
  ['client', connectClient],
  ['worker', connectWorker],
])('a %s that finds nobody tries again, says so, and gives up with an EngineError', async (_, connect) => {
  const options = connectionOptionsForAddress(`127.0.0.1:${await choosePort([])}`);
  const waits: string[] = [];
  const onWaiting = ({ reason }: { reason: string }) => void waits.push(reason);
  const attempt = connect(options, { giveUpAfterMs: 300, firstWaitMs: 10, attemptLimitMs: 50, onWaiting });
  await expect(attempt).rejects.toThrow(EngineError);
  await expect(attempt).rejects.toThrow(options.client.address);
  expect(waits.length).toBeGreaterThan(0);
});
