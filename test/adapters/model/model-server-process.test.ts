import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createModelClient } from '../../../adapters/model/model-client.ts';
import { startProgram } from '../../support/child-program.ts';
import type { ModelServerScript } from '../../support/model-server/script.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('the reference server runs in a process of its own, and its log outlives it', async () => {
  const requestLog = join(temporaryFolder(), 'requests.jsonl');
  const script: ModelServerScript = { models: [{ id: 'tide-writer' }], requestLog };
  const program = startProgram(new URL('../../support/model-server/main.ts', import.meta.url), [JSON.stringify(script)]);
  const client = createModelClient({ baseUrl: await program.hear(), rules: { allowRemote: false, allowedHosts: [] } });
  const limits = { timeoutMs: 20_000, requestId: 'key-1' };
  const outcome = await client.chat(
    { model: 'tide-writer', messages: [{ role: 'user', content: 'Source: claude' }], temperature: 0.7 },
    limits,
  );
  expect(outcome.state).toBe('answered');
  await program.kill();
  expect(JSON.parse(readFileSync(requestLog, 'utf8'))).toMatchObject({ path: 'chat', request_id: 'key-1', status: 200 });
  expect(await client.listModels(limits)).toMatchObject({ state: 'failed', kind: 'connection' });
});
