import { expect, test } from 'vitest';
import { EngineError } from '../../domain/shared/errors.ts';
import { startWorker } from '../../worker/index.ts';

test('a worker without its workflows is told before it takes hold of anything', async () => {
  // Beside the sources there is no bundle; a connection would be touched by whatever comes after the look for it.
  const untouched = new Proxy({}, { get: () => expect.unreachable('the connection was used') });
  const started = startWorker({ connection: untouched as never, namespace: 'default', workspace: '/nowhere', workspaceId: 'harbour' });
  const error = await started.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EngineError);
  expect((error as EngineError).remedy).toContain('npm run build');
});
