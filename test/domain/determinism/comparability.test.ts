import { expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { checkComparability } from '../../../domain/determinism/index.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { makeProxy } from '../../support/bench-run-files.ts';
import { fileOf } from './run-file-of.ts';

const FIELDS = {
  corpus_content_hash: 'c1',
  qa_content_hash: 'q1',
  embedding_model: 'shell-embed-small',
  prompt_hash: 'p1',
  tuning_hash: 't1',
};
const CANONICAL = (corpus: string): string =>
  `{"corpus_content_hash":"${corpus}","embedding_model":"shell-embed-small","prompt_hash":"p1","qa_content_hash":"q1","tuning_hash":"t1"}`;

test('the key is the sha256 of the canonical JSON of five fields', () => {
  const files = [fileOf(1, { manifest: FIELDS }), fileOf(2, { manifest: FIELDS })];
  expect(checkComparability(files)).toEqual({
    report: { status: 'comparable', key: sha256(CANONICAL('c1')), differences: [] },
    warnings: [],
  });
});

test('with an overlay, corpus and overlay are hashed together', () => {
  const manifest = { ...FIELDS, overlay_hash: 'o1' };
  const { report } = checkComparability([fileOf(1, { manifest }), fileOf(2, { manifest })]);
  expect(report.key).toBe(sha256(CANONICAL(sha256('c1\no1'))));
  expect(checkComparability([fileOf(1, { manifest }), fileOf(2, { manifest: FIELDS })]).report.differences).toEqual([
    {
      field: 'overlay_hash',
      values: [
        { value: 'none', run_ids: [fileOf(2, {}).runId] },
        { value: 'o1', run_ids: [fileOf(1, {}).runId] },
      ],
    },
  ]);
});

test('a recorded key that is not that of the fields is told', () => {
  const manifest = { ...FIELDS, comparability_key: 'k1' };
  const { report, warnings } = checkComparability([fileOf(1, { manifest }), fileOf(2, { manifest })]);
  expect([report.key, warnings.length]).toEqual([sha256(CANONICAL('c1')), 1]);
  const other = checkComparability([fileOf(1, { manifest }), fileOf(2, { manifest: { ...manifest, comparability_key: 'k2' } })]);
  expect([other.report.status, other.report.differences.map(({ field }) => field)]).toEqual(['not comparable', ['comparability_key']]);
});

test('what follows from a field that differs is not told beside it', () => {
  const { report } = checkComparability([
    fileOf(1, { manifest: { ...FIELDS, comparability_key: 'k1' } }),
    fileOf(2, { manifest: { ...FIELDS, qa_content_hash: 'q2', comparability_key: 'k2' } }),
  ]);
  expect(report.differences.map(({ field }) => field)).toEqual(['qa_content_hash']);
});

test('without a hash of the questions their ids and goldens stand in', () => {
  const manifest = { ...FIELDS, qa_content_hash: undefined };
  const shape = (change: (items: JsonObject[]) => JsonObject[]) => {
    const proxy = makeProxy([1, 2, 3]);
    return { manifest, summary: { downstream_proxy: { ...proxy, per_item: change(proxy.per_item as JsonObject[]) } } };
  };
  const statusOf = (change: (items: JsonObject[]) => JsonObject[]) =>
    checkComparability([
      fileOf(
        1,
        shape((items) => items),
      ),
      fileOf(2, shape(change)),
    ]).report;
  expect(statusOf((items) => items).status).toBe('partial');
  expect(statusOf((items) => items.toReversed()).status).toBe('partial');
  // A run that lacks some has another denominator, and is judged by it.
  expect(statusOf((items) => items.slice(1)).status).toBe('partial');
  expect(
    statusOf((items) => items.map((item) => ({ ...item, qa_id: `${String(item.qa_id)}b` }))).differences.map(({ field }) => field),
  ).toEqual(['qa_id']);
  expect(statusOf((items) => items.map((item) => ({ ...item, golden_event_id: 'shell-9' }))).differences.map(({ field }) => field)).toEqual(
    ['golden_event_id of qa-001', 'golden_event_id of qa-002', 'golden_event_id of qa-003'],
  );
});
