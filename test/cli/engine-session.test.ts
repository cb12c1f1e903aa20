import { expect, test, vi } from 'vitest';
import { configSchema } from '../../schemas/config.ts';
import { recordingIo } from '../support/recording-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const closed: string[] = [];
vi.mock('../../adapters/temporal/connection.ts', () => ({
  connectClient: () => Promise.resolve({ client: {}, connection: { close: async () => void closed.push('client') } }),
  connectWorker: () => Promise.resolve({ close: async () => void closed.push('worker connection') }),
}));
vi.mock('../../worker/index.ts', () => ({
  quietRuntime: () => undefined,
  startWorker: () => Promise.reject(new Error('no bundle')),
}));

test('a worker that cannot start leaves nothing open that would keep the process from ending', async () => {
  const { withEngine } = await import('../../cli/engine-session.ts');
  const io = recordingIo({ env: { TEMPORAL_ADDRESS: '127.0.0.1:1' } });
  const options = { workspaceDir: temporaryFolder(), config: configSchema.parse({}), keepServer: false };
  await expect(withEngine(io, options, (session) => session.work())).rejects.toThrow('no bundle');
  expect(closed).toEqual(['worker connection', 'client']);
});
