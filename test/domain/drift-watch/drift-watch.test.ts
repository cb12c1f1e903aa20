import { describe, expect, test } from 'vitest';
import { compareSetup, DEFAULT_WATCH, matchWatched, type PresentSetup } from '../../../domain/drift-watch/index.ts';

describe('DRF-1: the paths of a watch list', () => {
  const LIST = ['src/core/search/', 'src/core/embedding.ts'];

  test.each([
    ['src/core/search/hybrid.ts', true],
    ['src/core/search/deep/er.ts', true],
    ['src/core/embedding.ts', true],
    ['src/core/searchengine.ts', false],
    ['src/core/embedding.test.ts', false],
    ['src/core/embedding', false],
    ['src/core/search', false],
    ['lib/src/core/search/hybrid.ts', false],
    ['SRC/core/search/hybrid.ts', false],
  ])('%s: %s', (path, isWatched) => {
    expect(matchWatched(LIST, [path])).toEqual(isWatched ? [path] : []);
  });

  test('are none for a root that is no repository, and for a list that names nothing', () => {
    expect(matchWatched(LIST, null)).toEqual([]);
    expect(matchWatched([], ['src/core/search/hybrid.ts'])).toEqual([]);
    expect(matchWatched(['/', ''], ['src/core/search/hybrid.ts'])).toEqual([]);
  });

  test('come sorted, each once', () => {
    expect(matchWatched(LIST, ['src/core/search/b.ts', 'src/core/search/a.ts', 'src/core/search/b.ts'])).toEqual([
      'src/core/search/a.ts',
      'src/core/search/b.ts',
    ]);
  });

  test('of a clone of Lauter hold the engine, the statistics and the lock file', () => {
    const paths = ['domain/search/fuse-ranks.ts', 'domain/stats/wilson.ts', 'package-lock.json', 'activities/search.ts'];
    expect(matchWatched(DEFAULT_WATCH, [...paths, 'docs/search.md', 'domain/searching.ts'])).toEqual(paths.sort());
  });
});

describe('what searches are set up with', () => {
  const PRESENT: PresentSetup = {
    models: { embedder: ['tide', 'onnx:tide@ab:384'], reader: ['scribe-4b'] },
    snapshots: { embedder: ['onnx:tide@ab:384'] },
    prompts: { reader: ['aa', 'bb'] },
    knobHashes: ['k1', 'k2'],
    corpusHashes: ['c1'],
  };
  const RECORD = {
    models: { embedder: 'tide', reader: 'scribe-4b' },
    model_snapshots: { embedder: 'onnx:tide@ab:384', reader: 'scribe-4b-0301' },
    prompt_hashes: { reader: 'bb' },
    knob_hash: 'k2',
    corpus_hash: 'c1',
  };

  test('is the same under any of the names that a model is recorded by', () => {
    expect(compareSetup(RECORD, PRESENT)).toEqual([]);
    expect(compareSetup({ ...RECORD, models: { embedder: 'onnx:tide@ab:384' } }, PRESENT)).toEqual([]);
  });

  test.each([
    ['embedder: moon then, tide now', { models: { embedder: 'moon' } }],
    ['embedder: none then, tide now', { models: { embedder: null } }],
    ['reader: scribe-1b then, scribe-4b now', { models: { reader: 'scribe-1b' } }],
    ['embedder snapshot: onnx:tide@cd:384 then, onnx:tide@ab:384 now', { model_snapshots: { embedder: 'onnx:tide@cd:384' } }],
    ['reader prompt: cc then, aa now', { prompt_hashes: { reader: 'cc' } }],
    ['knob hash: k9 then, k1 now', { knob_hash: 'k9' }],
    ['corpus hash: c9 then, c1 now', { corpus_hash: 'c9' }],
  ])('%s', (told, change) => {
    expect(compareSetup({ ...RECORD, ...change }, PRESENT)).toEqual([told]);
  });

  test('differs where the embedder is gone, and where the collection is', () => {
    const gone = { ...PRESENT, models: { embedder: [] }, corpusHashes: [] };
    expect(compareSetup(RECORD, gone)).toEqual(['embedder: tide then, none now', 'corpus hash: c1 then, none now']);
    expect(compareSetup({ models: { embedder: null } }, gone)).toEqual([]);
  });

  test('is not compared where one of both does not know', () => {
    expect(compareSetup({}, PRESENT)).toEqual([]);
    expect(compareSetup({ models: { reader: null, judge: 'bench' }, prompt_hashes: { judge: 'x' }, knob_hash: null }, PRESENT)).toEqual([]);
    expect(compareSetup(RECORD, { models: {}, snapshots: {}, prompts: {}, knobHashes: [], corpusHashes: null })).toEqual([]);
  });
});
