import { describe, expect, test } from 'vitest';
import { boostOf, isExcluded, readExcludedPrefixes, readSourceBoosts, tierOf } from '../../../domain/search/index.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';

const brain = readSourceBoosts('brain', undefined);

describe('source boosts', () => {
  test('the longest prefix counts, in whatever case', () => {
    expect(
      [
        'originals/tides',
        'writing/x',
        'concepts/x',
        'deals/x',
        'Media/Articles/ebb',
        'media/x/note',
        'media/film',
        'yc/x',
        'daily/1',
        'archive/x',
        'extracts/x',
      ].map((slug) => boostOf(slug, brain)),
    ).toEqual([1.5, 1.4, 1.3, 1.2, 1.1, 0.7, 1, 1, 0.8, 0.5, 0.3]);
    expect(boostOf('openclaw/chat/1', brain)).toBe(0.5);
    expect(boostOf('originals/tides', readSourceBoosts('plain', undefined))).toBe(1);
  });

  test('the environment counts before the profile', () => {
    const boosts = readSourceBoosts('brain', ' Harbours/=2 , people/=.5,,daily/notes/ = 1.5');
    expect(['harbours/kotor', 'people/pilot', 'daily/notes/1', 'daily/2'].map((slug) => boostOf(slug, boosts))).toEqual([2, 0.5, 1.5, 0.8]);
    expect(readSourceBoosts('plain', '')).toEqual({});
  });

  test.each([
    'harbours/',
    'harbours/=',
    '=2',
    'harbours/=0',
    'harbours/=-1',
    'harbours/=two',
    'harbours/=Infinity',
    'harbours/=1e3',
    'a/=1,b',
  ])('%j is no entry', (entry) => {
    expect(() => readSourceBoosts('plain', entry)).toThrow(ConfigError);
  });

  test('what is boosted is curated, what counts less is bulk', () => {
    expect(['people/x', 'meetings/x', 'yc/x', 'daily/x', 'extracts/x', 'elsewhere', '', null].map((slug) => tierOf(slug, brain))).toEqual([
      'curated',
      'curated',
      'other',
      'bulk',
      'bulk',
      'other',
      'other',
      'other',
    ]);
    const edges = { 'a/': 1.05, 'b/': 0.95 };
    expect([tierOf('a/x', edges), tierOf('b/x', edges)]).toEqual(['other', 'other']);
  });
});

test('slugs below certain prefixes are never returned, and the environment adds some', () => {
  const prefixes = readExcludedPrefixes(' drafts/, ,private');
  expect(['test/a', 'attachments/b', '.raw/c', 'drafts/d', 'private-e'].every((slug) => isExcluded(slug, prefixes))).toBe(true);
  expect(['tests/a', 'harbours/test/a', 'raw/c'].some((slug) => isExcluded(slug, prefixes))).toBe(false);
  expect(isExcluded('drafts/d', readExcludedPrefixes(undefined))).toBe(false);
});
