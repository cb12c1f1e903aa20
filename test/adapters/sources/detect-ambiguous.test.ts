import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { detectFile } from '../../../adapters/sources/detect.ts';
import { planSources } from '../../../adapters/sources/plan-sources.ts';
import type { SourceAdapter } from '../../../adapters/sources/source-adapter.ts';
import { SourceError } from '../../../domain/shared/errors.ts';
import type { AdapterName } from '../../../schemas/vocabulary.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.mock('../../../adapters/sources/registry.ts', async (importActual) => {
  const { SOURCE_ADAPTERS } = await importActual<typeof import('../../../adapters/sources/registry.ts')>();
  /** Claims every file that mentions a tide, this surely. */
  const claiming = (name: AdapterName, confidence: number): SourceAdapter => ({
    ...SOURCE_ADAPTERS[name],
    detect: ({ head }) => (head.includes('tide') ? { layout: 'lines', confidence, reason: `${name} knows tides` } : undefined),
  });
  return {
    SOURCE_ADAPTERS: {
      ...SOURCE_ADAPTERS,
      'tau-bench': claiming('tau-bench', 0.9),
      intercode: claiming('intercode', 0.9),
      reflexion: claiming('reflexion', 0.5),
    },
  };
});

const CONTENT = '{"tide":"low"}\n';

test('a file that two adapters claim alike is of neither', async () => {
  const path = join(temporaryFolder({ 'tides.jsonl': CONTENT }), 'tides.jsonl');
  expect(await detectFile({ path, sourceFile: 'tides.jsonl', name: 'tides.jsonl', explicit: false })).toMatchObject({
    kind: 'ambiguous',
    adapters: ['tau-bench', 'intercode'],
    reason: 'tau-bench: tau-bench knows tides; intercode: intercode knows tides',
  });
});

test('the plan is refused with both candidates, unless the adapter is named or the file may be skipped', async () => {
  const base = temporaryFolder({
    'traces/tides.jsonl': CONTENT,
    'traces/chat.jsonl': '{"messages":[{"role":"user","content":"Low water?"}]}\n',
  });
  const options = { skipUnknown: false, maxRecordBytes: 1 << 20, pipelineVersion: 'test' };
  const request = { paths: ['traces'], base, options: {} };
  const refused = planSources([request], options);
  await expect(refused).rejects.toThrow(SourceError);
  await expect(refused).rejects.toThrow('traces/tides.jsonl: tau-bench: tau-bench knows tides; intercode: intercode knows tides');
  const skipped = await planSources([request], { ...options, skipUnknown: true });
  expect(skipped.ignored.map(({ file }) => file)).toEqual(['traces/tides.jsonl']);
  const named = await planSources([{ paths: ['traces/tides.jsonl'], base, options: {}, adapter: 'tau-bench' }], options);
  expect(named.sources).toMatchObject([{ adapter: 'tau-bench', files: 1 }]);
});
