import { describe, expect, test } from 'vitest';
import { footerLines, isReproducible, makeFooter, tellReproducible } from '../../../domain/reproducibility/index.ts';
import { footerOf } from '../../support/report-meta.ts';

const valuesOf = (lines: readonly (readonly [string, string])[], item: string): string[] =>
  lines.filter(([name]) => name === item).map(([, value]) => value);

describe('what figures were made from', () => {
  test('is told item by item', () => {
    const lines = footerLines(footerOf({ commit: 'c0ffee1 dirty' }));
    expect(Object.fromEntries(lines)).toEqual({
      'code commit': 'c0ffee1 dirty',
      'Lauter version': '0.1.0',
      'dataset of replay': `quay.ndjson, sha256 ${'b'.repeat(64)}`,
      'question set': 'd'.repeat(64),
      seed: '42',
      resamples: '10000',
      'knob hash of balanced': 'a1b2',
      'corpus hash': 'e'.repeat(64),
      'prompt hash of reader': 'f'.repeat(64),
      reader: 'scribe-4b, snapshot scribe-4b-0301',
      command: 'lauter eval replay --against quay.ndjson',
      'run id': 'run-1',
      started: '2026-03-02T06:40:00.000Z',
      finished: '2026-03-02T06:41:00.000Z',
      'cost, estimated': '0.5 USD',
      'cost, settled': '0.25 USD',
      'price table': '2026-03',
      degraded: 'no_embedder 2',
      errored: '1',
      reproducible: 'reproducible',
    });
  });

  test('reads unknown wherever nothing is known', () => {
    const footer = makeFooter({ lauter_version: '0.1.0' });
    const lines = footerLines(footer);
    for (const item of ['code commit', 'dataset', 'question set', 'seed', 'resamples', 'knob hash', 'corpus hash', 'command', 'started'])
      expect(valuesOf(lines, item), item).toEqual(['unknown']);
    for (const item of ['finished', 'cost, estimated', 'cost, settled', 'price table'])
      expect(valuesOf(lines, item), item).toEqual(['unknown']);
    expect(valuesOf(lines, 'reproducible')).toEqual(['not reproducible: commit, dataset hash, seed unknown']);
  });

  test('names every dataset, command and run', () => {
    const lines = footerLines(
      footerOf({ commands: ['lauter a', 'lauter b'], run_ids: ['1', '2'], models: [{ lane: 'embedder', model: null, snapshot: null }] }),
    );
    expect(valuesOf(lines, 'command')).toEqual(['lauter a', 'lauter b']);
    expect(valuesOf(lines, 'run id')).toEqual(['1', '2']);
    expect(valuesOf(lines, 'embedder')).toEqual(['none']);
  });
});

describe('a report is reproducible', () => {
  const dataset = { suite: 'replay', name: 'quay.ndjson', sha256: 'b'.repeat(64) };

  test('when commit, datasets and seed are known, also where nothing is drawn', () => {
    expect(isReproducible(footerOf())).toBe(true);
    expect(isReproducible(footerOf({ seed: 0 }))).toBe(true);
    expect(isReproducible(footerOf({ seed: 'none' }))).toBe(true);
    expect(footerOf({ question_set_hash: null, corpus_hash: null, price_table: null }).is_reproducible).toBe(true);
  });

  test.each([
    ['commit', { commit: null }],
    ['commit', { commit: 'unknown' }],
    ['dataset hash', { datasets: [] }],
    ['dataset hash', { datasets: [dataset, { ...dataset, sha256: null }] }],
    ['seed', { seed: null }],
  ])('never without a %s', (missing, change) => {
    const footer = footerOf(change);
    expect(footer.is_reproducible).toBe(false);
    expect(tellReproducible(footer)).toBe(`not reproducible: ${missing} unknown`);
  });
});
