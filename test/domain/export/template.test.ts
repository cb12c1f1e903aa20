import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillTemplate, PROVENANCE_MARK, ragCandidate, sftCandidate, SPLIT_MARK } from '../../../domain/export/index.ts';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import type { Provenance } from '../../../schemas/evidence.ts';
import { assistant, call, OPTIONS, record, result, user } from './records.ts';

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

describe('fillTemplate', () => {
  test('puts split and provenance where the marks are; the content leaves out the place', () => {
    const template = `{"a":1,"provenance":"${PROVENANCE_MARK}","split":"${SPLIT_MARK}","tools":[]}`;
    const filled = fillTemplate(template, PROVENANCE, 'test');
    expect(JSON.parse(filled.row)).toEqual({ a: 1, provenance: PROVENANCE, split: 'test', tools: [] });
    expect(JSON.parse(filled.content)).toEqual({
      a: 1,
      provenance: { recorded_at: PROVENANCE.recorded_at, recorded_at_from: 'record', sig_hash: PROVENANCE.sig_hash },
      split: 'test',
      tools: [],
    });
  });

  test('the time of a file is no content', () => {
    const template = `{"provenance":"${PROVENANCE_MARK}","split":"${SPLIT_MARK}"}`;
    const { content } = fillTemplate(template, { ...PROVENANCE, recorded_at_from: 'file' }, 'train');
    expect(JSON.parse(content)).toEqual({ provenance: { recorded_at_from: 'file', sig_hash: PROVENANCE.sig_hash }, split: 'train' });
  });

  test.each(['split', 'provenance'])('a template without its mark for %s is an error', (key) => {
    const template = canonicalJson({ provenance: PROVENANCE_MARK, split: SPLIT_MARK, [key]: 'something else' });
    expect(() => fillTemplate(template, PROVENANCE, 'train')).toThrow(`lacks its mark for ${key}`);
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
          const { row } = fillTemplate(template, provenance, 'validation');
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
    const row = JSON.parse(fillTemplate(template ?? '', PROVENANCE, 'train').row) as JsonObject;
    expect([row.split, row.tools]).toEqual(['train', tools]);
  });
});
