import { expect, it } from 'vitest';
import { sha256 } from '../../../../adapters/digest.ts';
import { contentHash } from '../../../../domain/bench/corpus/corpus-row.ts';
import { corpusContentHash, overlayHash } from '../../../../domain/bench/corpus/logical-hash.ts';

const DOME = { source: 'shell', event_id: 'shell-7', redacted_content: '{"command":"open dome","cwd":"/home/night","exit_code":0}' };
// printf 'shell\0{"command":…}' | sha256sum, and the like for the others
const DOME_HASH = '0b3d2d653cea2d88642a1654c3be196db6a996f0f08f9313d8a40a58f9c724f6';
const BUILD_HASH = 'cc20fe39c201684536d82b3ad54a04cb62f67e03638cf1185f74de319b97c008';
const dome = { source: 'shell', event_id: 'shell-7', content_sha256: DOME_HASH };
const build = { source: 'workflow', event_id: 'workflow-1', content_sha256: BUILD_HASH };

it('hashes content with its source', () => {
  expect(contentHash(DOME.source, DOME.redacted_content, sha256)).toBe(DOME_HASH);
  expect(contentHash('workflow', '{"conclusion":"success"}', sha256)).toBe(BUILD_HASH);
});

it('is of ids and contents in the order of source and id, whatever the order of the rows', () => {
  const expected = 'c43e72bf2291b3cf92c372e48a960e3721e82ac613206a26ce2e5b984131ef32';
  expect(corpusContentHash([dome, build], sha256)).toBe(expected);
  expect(corpusContentHash([build, dome], sha256)).toBe(expected);
});

it('tells an overlay from a corpus, and an empty one has none', () => {
  expect(overlayHash([dome], sha256)).toBe('2e5a9e91cdfba3559b5d56f5e48aee8b9ee0c874ffca803106913f69d0cf1083');
  expect(overlayHash([], sha256)).toBeNull();
});
