import { describe, expect, test } from 'vitest';
import { refusalsOf, warningsOf, type VerdictFacts } from '../../../domain/receipts/index.ts';

type Source = VerdictFacts['sources'][number];

const source = (changes: Partial<Source> = {}): Source => ({
  name: 'harbour-desk',
  adapter: 'openai-chat',
  files: 1,
  records: 100,
  evidence: 100,
  quarantined: 0,
  duplicates: 0,
  ...changes,
});

const facts = (changes: Partial<VerdictFacts> = {}): VerdictFacts => ({
  firewallFindings: [],
  failedChecks: [],
  sources: [source()],
  exportedRows: 12,
  maxQuarantined: 0.2,
  ...changes,
});

describe('refusalsOf', () => {
  test('finds nothing wrong with a clean run', () => {
    expect(refusalsOf(facts())).toEqual([]);
  });

  test('names a finding of the firewall', () => {
    expect(refusalsOf(facts({ firewallFindings: ['line 3: quality_score'] }))).toEqual([
      { reason: 'firewall', detail: 'line 3: quality_score' },
    ]);
  });

  test('names each check that failed', () => {
    expect(refusalsOf(facts({ failedChecks: ['rows on disk', 'the chain'] }))).toEqual([
      { reason: 'audit', detail: 'rows on disk' },
      { reason: 'audit', detail: 'the chain' },
    ]);
  });

  test('names an empty export', () => {
    expect(refusalsOf(facts({ exportedRows: 0 })).map(({ reason }) => reason)).toEqual(['nothing_exported']);
  });

  test('gives every reason there is, in one order', () => {
    const license = { isRequired: true, missing: ['harbour-desk'] };
    const all = facts({ firewallFindings: ['f'], failedChecks: ['c'], sources: [source({ quarantined: 50 })], exportedRows: 0, license });
    expect(refusalsOf(all).map(({ reason }) => reason)).toEqual([
      'firewall',
      'audit',
      'quarantined_share',
      'nothing_exported',
      'license_missing',
    ]);
  });
});

describe('the quarantined share of a source', () => {
  test('may be at the limit, not above', () => {
    expect(refusalsOf(facts({ sources: [source({ quarantined: 20 })] }))).toEqual([]);
    expect(refusalsOf(facts({ sources: [source({ quarantined: 21 })] }))).toEqual([
      { reason: 'quarantined_share', detail: 'harbour-desk: expected at most 0.2 of 100 records quarantined, found 21 (0.210)' },
    ]);
  });

  test('leaves duplicates out, above and below the line', () => {
    // 60 of 100 are duplicates; of the other 40, 8 are faulty: exactly a fifth.
    expect(refusalsOf(facts({ sources: [source({ quarantined: 68, duplicates: 60 })] }))).toEqual([]);
    expect(refusalsOf(facts({ sources: [source({ quarantined: 69, duplicates: 60 })] }))[0]?.detail).toContain(
      'of 40 records quarantined, found 9',
    );
  });

  test('is none where all records are duplicates, or there is no record', () => {
    expect(refusalsOf(facts({ sources: [source({ quarantined: 100, duplicates: 100 }), source({ records: 0 })] }))).toEqual([]);
  });

  test('is looked at source by source', () => {
    const sources = [source({ name: 'night-line' }), source({ name: 'workshop', records: 2, quarantined: 1 })];
    expect(refusalsOf(facts({ sources })).map(({ detail }) => detail)).toEqual([
      'workshop: expected at most 0.2 of 2 records quarantined, found 1 (0.500)',
    ]);
  });
});

describe('sources without a license', () => {
  const missing = ['harbour-desk', 'night-line'];

  test('are a warning', () => {
    expect(refusalsOf(facts({ license: { isRequired: false, missing } }))).toEqual([]);
    expect(warningsOf({ license: { isRequired: false, missing } })).toEqual([
      { warning: 'license_missing', detail: 'harbour-desk, night-line' },
    ]);
  });

  test('are a refusal each where a license is required, and no warning besides', () => {
    expect(refusalsOf(facts({ license: { isRequired: true, missing } })).map(({ detail }) => detail)).toEqual(missing);
    expect(warningsOf({ license: { isRequired: true, missing } })).toEqual([]);
  });

  test('are neither where there are none', () => {
    expect(refusalsOf(facts({ license: { isRequired: true, missing: [] } }))).toEqual([]);
    expect(warningsOf({ license: { isRequired: false, missing: [] } })).toEqual([]);
  });
});
