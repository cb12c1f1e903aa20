import { expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { configHashes } from '../../../domain/longmemeval/index.ts';
import type { LongMemEvalSettings } from '../../../schemas/longmemeval-settings.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import { lmeSettings } from '../../support/longmemeval-settings.ts';

const { retrieval } = lmeSettings();
const reader = { base_url: 'http://127.0.0.1:1/v1', model: 'harbour-8b', api_key_env: null, mode: 'direct', max_tokens: 64 } as const;
const hashesOf = (more: Partial<LongMemEvalSettings>) => configHashes(lmeSettings(more), sha256);
const retrievalHash = (more: Partial<typeof retrieval>): string => hashesOf({ retrieval: { ...retrieval, ...more } }).retrieval;

test('whatever decides what is found changes the hash of the search', () => {
  const changes: Partial<typeof retrieval>[] = [
    {},
    { top_k: 11 },
    { strategy: 'hybrid' },
    { mode: 'tokenmax' },
    { knobs: { rrf_k: 61 } },
    { environment: { LAUTER_SOURCE_BOOST: 'chat/=2' } },
    { search: searchSettingsSchema.parse({ title_boost: 2 }) },
    { search: searchSettingsSchema.parse({ embedder: 'unit', embedders: { unit: { kind: 'deterministic' } } }) },
  ];
  expect(new Set(changes.map(retrievalHash)).size).toBe(changes.length);
});

test('what is only there to be used by others does not', () => {
  const other = { embedders: { unit: { kind: 'deterministic' } }, retrievers: { quay: { kind: 'command', command: ['quay'] } } };
  const search = searchSettingsSchema.parse({ ...other, collection: 'notes', allowed_hosts: ['quay.example'] });
  expect(retrievalHash({ search })).toBe(retrievalHash({}));
  expect(retrievalHash({ search, retriever: 'quay' })).not.toBe(retrievalHash({ retriever: 'quay' }));
});

test('depths of recall and floors are no part of it, and a reader has a hash of its own', () => {
  expect(hashesOf({ session_k: [2], by_type: true, include_abstention: true })).toEqual(hashesOf({}));
  expect(hashesOf({ reader }).retrieval).toBe(hashesOf({}).retrieval);
  const readers = [null, reader, { ...reader, model: 'pier-8b' }, { ...reader, mode: 'notes' as const }, { ...reader, max_tokens: 65 }];
  expect(new Set(readers.map((one) => hashesOf({ reader: one }).reader)).size).toBe(readers.length);
  expect(hashesOf({ reader: { ...reader, base_url: 'http://127.0.0.1:2/v1' } }).reader).toBe(hashesOf({ reader }).reader);
});
