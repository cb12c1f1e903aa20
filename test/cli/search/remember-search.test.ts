import { expect, test } from 'vitest';
import { openCaptureStore } from '../../../adapters/search/capture-store.ts';
import { rememberSearch, type AnsweredRequest, type OpenTelemetry } from '../../../cli/search/remember-search.ts';
import { configSchema } from '../../../schemas/config.ts';
import { responseOf } from '../../support/scripted-retriever.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function answered(given: Partial<AnsweredRequest> = {}): AnsweredRequest {
  const query = 'which boat leaves at seven';
  return {
    workspace: temporaryFolder(),
    config: configSchema.parse({ eval: { capture: true } }),
    env: {},
    request: { collection: 'boats', query, strategy: 'hybrid', isEvaluation: false },
    response: responseOf({ query }, ['seven']),
    ...given,
  };
}

const wreck = (): never => {
  throw new Error('the log book is wet');
};

test.each<[string, OpenTelemetry]>([
  ['cannot be opened', wreck],
  ['cannot note', () => ({ note: wreck, close: () => undefined })],
  ['cannot close', () => ({ note: () => undefined, close: wreck })],
])('a telemetry that %s costs neither the answer nor the capture', async (_how, open) => {
  const given = answered();
  await expect(rememberSearch(given, open)).resolves.toBeUndefined();
  expect([...openCaptureStore(given.workspace).newestFirst()]).toHaveLength(1);
});

test('neither does a response or a config that cannot be described', async () => {
  const given = answered();
  await expect(rememberSearch({ ...given, response: null as never })).resolves.toBeUndefined();
  await expect(rememberSearch({ ...given, config: { ...given.config, search: null as never } })).resolves.toBeUndefined();
});
