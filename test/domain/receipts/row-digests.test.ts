import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { digestStoredEvidence, digestStoredScore, exportedContent, type StoredEvidence } from '../../../domain/receipts/index.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const ID = 'a'.repeat(64);
const SIG = 'b'.repeat(64);
const HASH = 'c'.repeat(64);

const EVIDENCE: StoredEvidence = {
  id: ID,
  source: 'desk',
  adapter: 'openai-chat',
  source_file: 'desk.jsonl',
  line_offset: 2,
  locator: '{"line":2}',
  sig_hash: SIG,
  recorded_at: '2026-03-02T08:15:00.000Z',
  recorded_at_from: 'record',
  day: '2026-03-02',
  task_key: 'openai-chat/tides',
  task_id: 'tides',
  task_text: 'When is low tide?',
  task_hash: HASH,
  messages: '[{"role":"user","content":"When is low tide?"}]',
  tools: '[{"maximum":9223372036854775807}]',
  artifacts: '[]',
  outcome_state: 'partial',
  outcome_value: 0.75,
  outcome_from: 'reward',
  signals: '{"human":[],"reward":0.75}',
  model: null,
  provider: null,
  usage: '{}',
  attempt: null,
  trial: 1,
  parent_id: null,
  origin: 'external',
  generation: 0,
  redactions: '{"email":2}',
};

/** The canonical text of the row, written by hand: keys in order, no blanks, the long number as it stood. */
function evidenceText(provenance: string): string {
  return (
    `{"adapter":"openai-chat","artifacts":[],"attempt":null,"day":"2026-03-02","generation":0,"id":"${ID}",` +
    `"messages":[{"content":"When is low tide?","role":"user"}],"model":null,"origin":"external",` +
    `"outcome":{"from":"reward","state":"partial","value":0.75},"parent_id":null,"provenance":${provenance},"provider":null,` +
    `"redactions":{"email":2},"signals":{"human":[],"reward":0.75},"source":"desk",` +
    `"task":{"hash":"${HASH}","id":"tides","key":"openai-chat/tides","text":"When is low tide?"},` +
    `"tools":[{"maximum":9223372036854775807}],"trial":1,"usage":{}}`
  );
}

const PLACE = `{"line_offset":2,"locator":{"line":2},"recorded_at":"2026-03-02T08:15:00.000Z","recorded_at_from":"record","sig_hash":"${SIG}","source_file":"desk.jsonl"}`;
const CONTENT = `{"recorded_at":"2026-03-02T08:15:00.000Z","recorded_at_from":"record","sig_hash":"${SIG}"}`;

describe('digests of stored rows, computed again from their columns', () => {
  test('evidence: over all of it, and over all but the place', () => {
    expect(digestStoredEvidence(EVIDENCE, sha256)).toEqual({
      row_digest: sha256(evidenceText(PLACE)),
      content_digest: sha256(evidenceText(CONTENT)),
    });
  });

  test('a row that was changed in any column has another digest', () => {
    const own = digestStoredEvidence(EVIDENCE, sha256).row_digest;
    for (const column of Object.keys(EVIDENCE) as (keyof StoredEvidence)[]) {
      const value = EVIDENCE[column];
      if (typeof value !== 'string' || /^[[{]/.test(value)) continue;
      expect(digestStoredEvidence({ ...EVIDENCE, [column]: `${value}x` }, sha256).row_digest, column).not.toBe(own);
    }
  });

  test('a score', () => {
    const row = { ...EVIDENCE, evidence_id: ID, category: 'accepted', rule: 'human', reasons: '[]', scorer_version: 'score/1' };
    const text = (provenance: string): string =>
      `{"category":"accepted","evidence_id":"${ID}","provenance":${provenance},"reasons":[],"rule":"human","scorer_version":"score/1"}`;
    expect(digestStoredScore(row, sha256)).toEqual({ row_digest: sha256(text(PLACE)), content_digest: sha256(text(CONTENT)) });
  });
});

describe('an exported row as its set is digested', () => {
  test('of one record: without the place it was read from, before its split was known', () => {
    const line = `{"id":"${ID}","provenance":${PLACE},"split":"test"}`;
    expect(exportedContent(line, sha256)).toEqual({
      id: ID,
      digest: sha256(`{"id":"${ID}","provenance":${CONTENT},"split":"@split"}`),
      split: 'test',
    });
  });

  test('of a pair: without the places of both sides', () => {
    const line = `{"id":"${ID}","provenance":{"chosen":${PLACE},"rejected":${PLACE}},"split":"train"}`;
    const content = `{"id":"${ID}","provenance":{"chosen":${CONTENT},"rejected":${CONTENT}},"split":"train"}`;
    expect(exportedContent(line, sha256)?.digest).toBe(sha256(content));
  });

  test.each(['', 'no JSON', '[]', '{}', `{"id":"${ID}","provenance":{}}`, `{"id":7,"split":"test","provenance":{}}`])(
    '%j is none',
    (line) => {
      expect(exportedContent(line, sha256)).toBeUndefined();
    },
  );
});
