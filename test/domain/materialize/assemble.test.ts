import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { assembleEvidence, contentOf, type Origin, type UnidentifiedEvidence } from '../../../domain/materialize/index.ts';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { evidenceSchema } from '../../../schemas/evidence.ts';
import { fc } from '../../support/fast-check.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const canonicalOf = (value: unknown): string => canonicalJson(value as JsonValue);

const ORIGIN: Origin = {
  source: 'harbour-desk',
  adapter: 'openai-chat',
  sourceFile: 'desk/2026-03-02.jsonl',
  fileTime: '2026-03-05T12:00:00.000Z',
  sigHash: sha256('the record as it was read'),
};

function draft(changes: Partial<UnidentifiedEvidence> = {}): UnidentifiedEvidence {
  return {
    branch: '',
    recordedAt: '2026-03-02T23:59:59.000Z',
    locator: { line: 7 },
    line: 7,
    task: { id: null, text: 'When is  low tide?\n' },
    messages: [
      { role: 'user', content: 'When is low tide?' },
      { role: 'assistant', content: 'At 6:40.' },
    ],
    artifacts: [],
    outcome: { state: 'success', value: 1, from: 'reward' },
    signals: { human: [], judges: [], reward: 1, cancelled: false, truncated: false, proxies: {} },
    model: 'harbor-chat-2',
    provider: null,
    usage: { prompt_tokens: 12 },
    attempt: null,
    trial: 2,
    parent_id: null,
    origin: 'external',
    generation: 0,
    redactions: { EMAIL: 1 },
    ...changes,
  };
}

describe('what a record is called', () => {
  test('its id is the sha256 of adapter, signature and branch', () => {
    const { evidence } = assembleEvidence(draft({ branch: 'turn-3' }), ORIGIN, sha256);
    expect(evidence.id).toBe(sha256(`openai-chat\n${ORIGIN.sigHash}\nturn-3`));
    expect(evidence.provenance.sig_hash).toBe(ORIGIN.sigHash);
  });

  test('another branch, signature or adapter is another record; another place is not', () => {
    const idOf = (changes: Partial<UnidentifiedEvidence>, origin: Partial<Origin> = {}): string =>
      assembleEvidence(draft(changes), { ...ORIGIN, ...origin }, sha256).evidence.id;
    const ids = [idOf({}), idOf({ branch: 'b' }), idOf({}, { sigHash: sha256('other') }), idOf({}, { adapter: 'mapped' })];
    expect(new Set(ids).size).toBe(4);
    expect(idOf({ line: 9, locator: { line: 9 } }, { source: 'night-line', sourceFile: 'copy.jsonl', fileTime: 'later' })).toBe(ids[0]);
  });

  test.each<[string, UnidentifiedEvidence['task'], string]>([
    ['its own key', { id: '17', key: 'airline/17', text: 'x' }, 'airline/17'],
    ['adapter and the id of the task', { id: '17', text: 'x' }, 'openai-chat/17'],
    ['the hash of its normalized text', { id: null, text: 'When is  low tide?\n' }, `text/${sha256('When is low tide?').slice(0, 16)}`],
  ])('its task is named by %s', (_name, task, key) => {
    const { evidence } = assembleEvidence(draft({ task }), ORIGIN, sha256);
    expect(evidence.task.key).toBe(key);
    expect(evidence.task.text).toBe(task.text);
  });

  test('the hash of a task is taken of its normalized text', () => {
    expect(assembleEvidence(draft(), ORIGIN, sha256).evidence.task.hash).toBe(sha256('When is low tide?'));
  });
});

describe('when a record was made', () => {
  test('its own time gives the day', () => {
    const { evidence } = assembleEvidence(draft(), ORIGIN, sha256);
    expect(evidence.day).toBe('2026-03-02');
    expect(evidence.provenance).toMatchObject({ recorded_at: '2026-03-02T23:59:59.000Z', recorded_at_from: 'record' });
  });

  test('without one it is undated, never of the day of its file', () => {
    const { evidence } = assembleEvidence(draft({ recordedAt: null }), ORIGIN, sha256);
    expect(evidence.day).toBe('undated');
    expect(evidence.provenance).toMatchObject({ recorded_at: ORIGIN.fileTime, recorded_at_from: 'file' });
  });
});

describe('the digests', () => {
  test('are of the whole record, and of the record without the place', () => {
    fc.assert(
      fc.property(drafts(), origins(), (one, origin) => {
        const { evidence, canonical, rowDigest, contentDigest } = assembleEvidence(one, origin, sha256);
        expect(evidenceSchema.safeParse(evidence).success).toBe(true);
        expect(canonical).toBe(canonicalOf(evidence));
        expect(rowDigest).toBe(sha256(canonicalOf(evidence)));
        const { sig_hash, recorded_at, recorded_at_from } = evidence.provenance;
        const content = recorded_at_from === 'record' ? { sig_hash, recorded_at, recorded_at_from } : { sig_hash, recorded_at_from };
        expect(contentDigest).toBe(sha256(canonicalOf({ ...evidence, provenance: content })));
      }),
    );
  });

  test('the content is the same wherever the record was read, the row is not', () => {
    for (const recordedAt of ['2026-03-02T06:40:00.000Z', null]) {
      const here = assembleEvidence(draft({ recordedAt }), ORIGIN, sha256);
      const there = assembleEvidence(
        draft({ recordedAt, line: 90, locator: { pointer: '/90' } }),
        { ...ORIGIN, sourceFile: 'all.json.gz', fileTime: '2026-04-01T00:00:00.000Z' },
        sha256,
      );
      expect(there.contentDigest).toBe(here.contentDigest);
      expect(there.rowDigest).not.toBe(here.rowDigest);
    }
  });

  test('everything else changes both', () => {
    const base = assembleEvidence(draft(), ORIGIN, sha256);
    const changes: Partial<UnidentifiedEvidence>[] = [
      { branch: 'b' },
      { recordedAt: '2026-03-02T23:59:58.000Z' },
      { task: { id: null, text: 'When is high tide?' } },
      { messages: [] },
      { artifacts: [{ kind: 'answer', text: '6:40' }] },
      { tools: [] },
      { outcome: { state: 'failure', value: 0, from: 'reward' } },
      { model: null },
      { provider: 'the harbour' },
      { usage: {} },
      { attempt: 1 },
      { trial: null },
      { parent_id: 'p' },
      { origin: 'replay' },
      { generation: 1 },
      { redactions: {} },
    ];
    for (const change of changes) {
      const other = assembleEvidence(draft(change), ORIGIN, sha256);
      expect(other.contentDigest, JSON.stringify(change)).not.toBe(base.contentDigest);
      expect(other.rowDigest, JSON.stringify(change)).not.toBe(base.rowDigest);
    }
  });
});

test('contentOf keeps the signature, and the time where it is the record’s own', () => {
  const { evidence } = assembleEvidence(draft(), ORIGIN, sha256);
  expect(contentOf(evidence.provenance)).toEqual({
    sig_hash: ORIGIN.sigHash,
    recorded_at: '2026-03-02T23:59:59.000Z',
    recorded_at_from: 'record',
  });
});

function origins(): fc.Arbitrary<Origin> {
  return fc.record({
    source: fc.string(),
    adapter: fc.constantFrom('openai-chat', 'tau-bench', 'mapped'),
    sourceFile: fc.string(),
    fileTime: fc.constant('2026-03-05T12:00:00.000Z'),
    sigHash: fc.string().map(sha256),
  });
}

function drafts(): fc.Arbitrary<UnidentifiedEvidence> {
  const text = fc.oneof(fc.string(), fc.constantFrom('', '"', '\\', '\n', '","provenance":{', '😀', '\u2028'));
  const message = fc.record(
    { role: fc.constantFrom('user', 'assistant'), content: text, name: text },
    { requiredKeys: ['role', 'content'] },
  );
  return fc
    .record({
      branch: text,
      recordedAt: fc.constantFrom(null, '2026-03-02T06:40:00.000Z'),
      line: fc.nat(),
      locator: fc.record({ line: fc.nat(), pointer: text, member: text }, { requiredKeys: [] }),
      task: fc.record({ id: fc.option(text), text }),
      messages: fc.array(message, { maxLength: 3 }),
      artifacts: fc.array(fc.record({ kind: fc.constantFrom('patch', 'answer'), text }), { maxLength: 2 }),
      tools: fc.option(fc.array(fc.jsonValue(), { maxLength: 2 }), { nil: undefined }),
      model: fc.option(text),
      provider: fc.option(text),
      parent_id: fc.option(text),
      attempt: fc.option(fc.nat()),
      trial: fc.option(fc.nat()),
      generation: fc.nat(3),
      redactions: fc.dictionary(fc.constantFrom('EMAIL', 'PHONE'), fc.integer({ min: 1, max: 9 })),
    })
    .map(({ tools, ...rest }) => draft({ ...(rest as Partial<UnidentifiedEvidence>), ...(tools === undefined ? {} : { tools }) }));
}
