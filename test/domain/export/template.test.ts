import { describe, expect, test } from 'vitest';
import {
  fillProvenance,
  PROVENANCE_MARK,
  provenanceTexts,
  ragCandidate,
  sftCandidate,
  SPLIT_FIELD,
  SPLIT_MARK,
} from '../../../domain/export/index.ts';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import type { Provenance } from '../../../schemas/evidence.ts';
import { assistant, call, OPTIONS, record, result, user } from './records.ts';
import { fc } from '../../support/fast-check.ts';

const PROVENANCE: Provenance = {
  source_file: 'desk/2026-03-02.jsonl',
  locator: { line: 7 },
  line_offset: 7,
  sig_hash: 'b'.repeat(64),
  recorded_at: '2026-03-02T06:40:00.000Z',
  recorded_at_from: 'record',
};

/** Texts that imitate the marks, as words, as JSON, and as JSON inside JSON. */
const HOSTILE = [
  `"split":"${SPLIT_MARK}"`,
  `{"provenance":"${PROVENANCE_MARK}","split":"${SPLIT_MARK}"}`,
  JSON.stringify(`"split":"${SPLIT_MARK}"`),
  `\\"split\\":\\"${SPLIT_MARK}\\"`,
  `","split":"${SPLIT_MARK}","provenance":"${PROVENANCE_MARK}`,
  '$& $1 $` $$',
  SPLIT_MARK,
  PROVENANCE_MARK,
];

/** What a reader of the finished file gets: the mark of the split is replaced where it first stands, as bytes are when rows are written out. */
const withSplit = (row: string, split: string): string => row.replace(SPLIT_FIELD, () => `"split":"${split}"`);

describe('fillProvenance', () => {
  test('puts the provenance where its mark is; the content leaves out the place', () => {
    const template = `{"a":1,"provenance":"${PROVENANCE_MARK}","split":"${SPLIT_MARK}","tools":[]}`;
    const filled = fillProvenance(template, provenanceTexts(PROVENANCE));
    expect(JSON.parse(filled.row)).toEqual({ a: 1, provenance: PROVENANCE, split: SPLIT_MARK, tools: [] });
    expect(JSON.parse(filled.content)).toEqual({
      a: 1,
      provenance: { recorded_at: PROVENANCE.recorded_at, recorded_at_from: 'record', sig_hash: PROVENANCE.sig_hash },
      split: SPLIT_MARK,
      tools: [],
    });
  });

  test('the time of a file is no content', () => {
    const template = `{"provenance":"${PROVENANCE_MARK}","split":"${SPLIT_MARK}"}`;
    const { content } = fillProvenance(template, provenanceTexts({ ...PROVENANCE, recorded_at_from: 'file' }));
    expect(JSON.parse(content)).toEqual({ provenance: { recorded_at_from: 'file', sig_hash: PROVENANCE.sig_hash }, split: SPLIT_MARK });
  });

  test('a template without its mark is an error', () => {
    const template = canonicalJson({ provenance: 'something else', split: SPLIT_MARK });
    expect(() => fillProvenance(template, provenanceTexts(PROVENANCE))).toThrow('lacks its mark for provenance');
  });

  test('is the canonical text of the row, whatever the texts in it hold', () => {
    const texts = fc.oneof(fc.constantFrom(...HOSTILE), fc.string());
    const tools = fc.array(fc.oneof(fc.jsonValue(), fc.constant({ split: SPLIT_MARK, provenance: PROVENANCE_MARK })), { minLength: 1 });
    fc.assert(
      fc.property(texts, texts, texts, texts, tools, (question, answer, taskKey, file, tools) => {
        const messages = [user(`x${question}`), assistant(answer, call('c1', 'tide_table', question)), result('c1', answer)];
        const provenance = { ...PROVENANCE, source_file: file };
        const hostile = record({ messages, task_key: taskKey, tools: tools as JsonValue[], task_text: `x${question}`, source: file });
        for (const candidate of [
          sftCandidate(hostile, OPTIONS),
          ragCandidate({ ...hostile, messages: [assistant(`x${answer}`)] }, OPTIONS),
        ]) {
          const template = candidate.template ?? '';
          const row = withSplit(fillProvenance(template, provenanceTexts(provenance)).row, 'validation');
          const expected = {
            ...(JSON.parse(template) as JsonObject),
            split: 'validation',
            provenance: provenance as unknown as JsonObject,
          };
          expect(row).toBe(canonicalJson(expected));
        }
      }),
    );
  });

  test('tools that are exactly the marks stay as they are', () => {
    const tools = [{ provenance: PROVENANCE_MARK, split: SPLIT_MARK }];
    const { template } = sftCandidate(record({ tools }), OPTIONS);
    const row = JSON.parse(withSplit(fillProvenance(template ?? '', provenanceTexts(PROVENANCE)).row, 'train')) as JsonObject;
    expect([row.split, row.tools]).toEqual(['train', tools]);
  });
});
