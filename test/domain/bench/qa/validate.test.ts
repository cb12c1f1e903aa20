import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../adapters/digest.ts';
import { qaContentHash } from '../../../../domain/bench/qa/content-hash.ts';
import { validateQa, type QaValidationRequest } from '../../../../domain/bench/qa/validate.ts';
import type { JsonObject } from '../../../../domain/shared/json.ts';
import type { QaValidation } from '../../../../schemas/bench-qa-reports.ts';

const CORPUS_HASH = 'c'.repeat(64);
const corpus = {
  version: 'nights',
  contentHash: CORPUS_HASH,
  rows: ['shell-7', 'shell-8', 'claude-7', 'browser-1'].map((id) => ({
    event_id: id,
    source: id.split('-')[0]!,
    content_sha256: sha256(id),
  })),
};

const DOME: JsonObject = { qa_id: 'dome', question: 'Who opened the dome?', golden_event_id: 'shell-7', source_filter: null };
const SEEING: JsonObject = { qa_id: 'seeing', question: 'How was the seeing?', golden_event_id: 'claude-7', source_filter: 'claude' };

function validate(values: readonly JsonObject[], more: Partial<QaValidationRequest> = {}): QaValidation {
  const rows = values.map((value, index) => ({ line: index + 1, value }));
  const provenance = { corpus_content_hash: CORPUS_HASH, qa_content_hash: qaContentHash(rows, sha256) };
  return validateQa({ fixture: 'eval-nights', rows, provenance, corpus, minScoreable: 1, allowMismatch: undefined, ...more }, sha256);
}

describe('resolution', () => {
  it('Q1 passes with as many scoreable rows as asked for, and lists the others', () => {
    const found = validate(
      [DOME, SEEING, { ...DOME, qa_id: 'unknown', golden_event_id: 'shell-9' }, { ...DOME, qa_id: 'nobody', golden_event_id: null }],
      { minScoreable: 2 },
    );
    expect(found).toMatchObject({ passes: true, total: 4, scoreable: 2, unscoreable: 2 });
    expect(found.missing_by_qa_id).toEqual({ unknown: 'shell-9', nobody: null });
    expect(found.per_source).toEqual({ claude: 1, shell: 1 });
  });

  it('Q2 fails with fewer', () => {
    expect(validate([DOME], { minScoreable: 2 })).toMatchObject({ passes: false, scoreable: 1, min_scoreable: 2 });
  });

  it.each([7, true, ['shell-7'], { id: 'shell-7' }])('Q4 reports a golden that is no string as null: %j', (golden) => {
    const found = validate([DOME, { ...SEEING, golden_event_id: golden }]);
    expect(found).toMatchObject({ passes: true, scoreable: 1, missing_by_qa_id: { seeing: null } });
  });

  it.each([' shell-7', 'shell-7 ', 'SHELL-7', 'shell-07', '7', 'browser-7', 'shell-7\n'])(
    'Q5 takes an id as it stands, without trimming, folding or matching numbers: %j',
    (golden) => {
      const found = validate([SEEING, { ...DOME, golden_event_id: golden }]);
      expect(found.missing_by_qa_id).toEqual({ dome: golden });
    },
  );

  it('scores a row of several goldens when one of them resolves, and lists those that do not', () => {
    const found = validate([
      { qa_id: 'both', question: 'What was pointed at?', golden_event_ids: ['shell-8', 'shell-99', 4] },
      { qa_id: 'none', question: 'And then?', golden_event_ids: ['shell-98'] },
      { qa_id: 'empty', question: 'And in the end?', golden_event_ids: [] },
    ]);
    expect(found).toMatchObject({ scoreable: 1, unscoreable: 2 });
    expect(found.unresolved_by_qa_id).toEqual({ both: ['shell-99', null], none: ['shell-98'] });
    expect(found.missing_by_qa_id).toEqual({ none: 'shell-98', empty: null });
    expect(found.warnings).toHaveLength(1);
  });
});

describe('faults of rows', () => {
  it.each([{}, { question: '' }, { question: ' \n' }, { question: null }, { question: 7 }])(
    'Q7 fails without a question: %j',
    (more: JsonObject) => {
      const { question: _, ...rest } = DOME;
      const found = validate([SEEING, { ...rest, ...more }]);
      expect(found).toMatchObject({ passes: false, errors: [{ line: 2, qa_id: 'dome', code: 'blank_question' }] });
    },
  );

  it('Q8 fails when the filter is not the source of the golden', () => {
    const found = validate([{ ...DOME, source_filter: 'claude' }, SEEING]);
    expect(found).toMatchObject({ passes: false, errors: [{ line: 1, qa_id: 'dome', code: 'source_filter_contradiction' }] });
  });

  it('fails when the filter is neither text nor null', () => {
    expect(validate([{ ...DOME, source_filter: 7 }])).toMatchObject({ passes: false, errors: [{ code: 'source_filter_not_text' }] });
  });

  it('fails when an id stands twice, or two rows have one golden', () => {
    const found = validate([DOME, SEEING, { ...SEEING, qa_id: 'dome', golden_event_id: 'claude-7' }]);
    expect(found.passes).toBe(false);
    expect(found.duplicates).toEqual([
      { field: 'qa_id', value: 'dome', lines: [1, 3] },
      { field: 'golden_event_id', value: 'claude-7', lines: [2, 3] },
    ]);
  });

  it('fails without rows, whatever the minimum', () => {
    expect(validate([], { minScoreable: 0 })).toMatchObject({ passes: false, total: 0 });
    expect(validate([DOME], { minScoreable: 0 }).passes).toBe(true);
  });

  it('calls a row by its qa_id, else its id, else its line', () => {
    const { qa_id: _, ...unnamed }: JsonObject = { ...DOME, golden_event_id: 'gone' };
    const found = validate([SEEING, { ...unnamed, id: 'by-id' }, { ...unnamed, golden_event_id: 'gone too' }]);
    expect(found.missing_by_qa_id).toEqual({ 'by-id': 'gone', 'line-3': 'gone too' });
  });

  it('warns of a question that holds one of its own keywords, and passes', () => {
    const found = validate([
      { ...DOME, acceptable_answer_keywords: ['azimuth', 'Dome', ' '] },
      { ...SEEING, acceptable_answer_keywords: ['arcsecond'] },
    ]);
    expect(found).toMatchObject({ passes: true, keyword_leak_count: 1 });
    expect(found.warnings).toEqual(['1 questions hold one of their own accepted keywords']);
  });
});

it('warns of a golden that is another event than when its content was noted', () => {
  const found = validate([
    { ...DOME, golden_content_sha256: [sha256('shell-7')] },
    { ...SEEING, golden_content_sha256: ['e'.repeat(64)] },
  ]);
  expect(found.passes).toBe(true);
  expect(found.warnings).toEqual(['1 questions have a golden whose content is not the one that golden_content_sha256 notes']);
});

describe('provenance', () => {
  it('Q12 fails when the corpus is another one, and names both hashes', () => {
    const other = { ...corpus, contentHash: 'd'.repeat(64) };
    const found = validate([DOME], { corpus: other });
    expect(found).toMatchObject({ passes: false, provenance: { state: 'differs', allowed: null } });
    expect(found.provenance.differences).toEqual([{ field: 'corpus_content_hash', expected: CORPUS_HASH, found: 'd'.repeat(64) }]);
    const allowed = validate([DOME], { corpus: other, allowMismatch: 'the corpus was rebuilt tonight' });
    expect(allowed).toMatchObject({ passes: true, provenance: { state: 'differs', allowed: 'the corpus was rebuilt tonight' } });
    expect(allowed.warnings).toHaveLength(1);
  });

  it('fails when the questions were changed, or a hash was never recorded', () => {
    const changed = validate([DOME], { provenance: { corpus_content_hash: CORPUS_HASH, qa_content_hash: 'e'.repeat(64) } });
    expect(changed).toMatchObject({ passes: false, provenance: { differences: [{ field: 'qa_content_hash' }] } });
    const unrecorded = validate([DOME], { provenance: { corpus_content_hash: CORPUS_HASH } });
    expect(unrecorded).toMatchObject({ passes: false, provenance: { differences: [{ expected: 'not recorded' }] } });
  });

  it('counts a missing one as a mismatch, and a reason lets it through', () => {
    expect(validate([DOME], { provenance: undefined })).toMatchObject({ passes: false, provenance: { state: 'missing' } });
    expect(validate([DOME], { provenance: undefined, allowMismatch: 'first look' }).passes).toBe(true);
  });

  it('says nothing of a reason that was not needed', () => {
    expect(validate([DOME], { allowMismatch: 'in case' })).toMatchObject({
      passes: true,
      provenance: { state: 'matches', allowed: null },
      warnings: [],
    });
  });
});

it('hashes the canonical rows in the order of their ids', () => {
  const rows: JsonObject[] = [
    { qa_id: 'seeing', golden_event_id: null, question: 'How was the seeing?' },
    { question: 'Who opened the dome?', qa_id: 'dome', golden_event_id: 'shell-7' },
  ];
  // printf 'lauter-qa/1\n{…"dome"…}\n{…"seeing"…}\n' | sha256sum
  expect(
    qaContentHash(
      rows.map((value, index) => ({ line: index + 1, value })),
      sha256,
    ),
  ).toBe('5fd256ce89bbf0c72df63ba718042bf714d29f56e392bf857aac04c2a8a1c2aa');
});
