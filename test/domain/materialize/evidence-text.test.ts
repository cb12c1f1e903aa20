import { describe, expect, test } from 'vitest';
import { evidenceText, provenanceText } from '../../../domain/materialize/evidence-text.ts';
import { contentOf } from '../../../domain/materialize/index.ts';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import {
  evidenceSchema,
  judgementSchema,
  locatorSchema,
  messageSchema,
  provenanceSchema,
  signalsSchema,
  type Evidence,
} from '../../../schemas/evidence.ts';
import { fc } from '../../support/fast-check.ts';

describe('the text of a record', () => {
  test('is its canonical JSON, with and without the place', () => {
    fc.assert(
      fc.property(records(), (record) => {
        const provenance = provenanceText(record.provenance);
        expect(provenance.row).toBe(canonicalOf(record.provenance));
        expect(provenance.content).toBe(canonicalOf(contentOf(record.provenance)));
        const text = evidenceText(record, provenance);
        expect(text.row).toBe(canonicalOf(record));
        expect(text.content).toBe(canonicalOf({ ...record, provenance: contentOf(record.provenance) }));
      }),
      { numRuns: 500 },
    );
  });

  test('is tried with every field there is: one that the schema has and the text forgets would be lost', () => {
    const drawn = fc.sample(records(), { numRuns: 200, seed: 8785 });
    for (const record of drawn) evidenceSchema.parse(record);
    expect(keysOf(drawn)).toEqual(Object.keys(evidenceSchema.shape).sort());
    expect(keysOf(drawn.map((record) => record.provenance))).toEqual(Object.keys(provenanceSchema.shape).sort());
    expect(keysOf(drawn.map((record) => record.provenance.locator))).toEqual(Object.keys(locatorSchema.shape).sort());
    expect(keysOf(drawn.map((record) => record.task))).toEqual(Object.keys(evidenceSchema.shape.task.shape).sort());
    expect(keysOf(drawn.map((record) => record.outcome))).toEqual(Object.keys(evidenceSchema.shape.outcome.shape).sort());
    expect(keysOf(drawn.flatMap((record) => record.messages))).toEqual(Object.keys(messageSchema.shape).sort());
    expect(keysOf(drawn.map((record) => record.signals))).toEqual(Object.keys(signalsSchema.shape).sort());
    expect(keysOf(drawn.flatMap((record) => record.signals.human))).toEqual(Object.keys(judgementSchema.shape).sort());
  });
});

function canonicalOf(value: unknown): string {
  return canonicalJson(value as JsonValue);
}

function keysOf(values: readonly object[]): string[] {
  return [...new Set(values.flatMap((value) => Object.keys(value)))].sort();
}

const SIGNATURE = '5f'.repeat(32);

function records(): fc.Arbitrary<Evidence> {
  const text = fc.oneof(fc.string(), fc.constantFrom('', '"', '\\', '\n', '\u0007', '","provenance":{', '😀', '\ud800', '\u2028'));
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const judgements = fc.array(
    fc.record({ by: text, verdict: fc.constantFrom('yes', 'no', 'partial'), value: number }, { requiredKeys: ['by', 'verdict'] }),
    { maxLength: 2 },
  );
  const call = fc.record({ id: text, name: text, arguments: text });
  const message = fc.record(
    {
      role: fc.constantFrom('user', 'assistant', 'tool'),
      content: text,
      name: text,
      tool_calls: fc.array(call, { maxLength: 2 }),
      tool_call_id: text,
    },
    { requiredKeys: ['role', 'content'] },
  );
  const signals = fc.record(
    {
      human: judgements,
      judges: judgements,
      tests: fc.record({ passed: fc.boolean(), detail: text }, { requiredKeys: ['passed'] }),
      reward: number,
      exit_status: text,
      error: text,
      cancelled: fc.boolean(),
      truncated: fc.boolean(),
      proxies: fc.dictionary(fc.constantFrom('lint', 'edits', 'state'), fc.oneof(text, number, fc.boolean())),
    },
    { requiredKeys: ['human', 'judges', 'cancelled', 'truncated', 'proxies'] },
  );
  const count = fc.nat();
  return fc.record(
    {
      id: fc.constant(SIGNATURE),
      source: text,
      adapter: fc.constantFrom('openai-chat', 'tau-bench'),
      provenance: fc.record({
        source_file: text,
        locator: fc.record({ line: count, pointer: text, member: text }, { requiredKeys: [] }),
        line_offset: count,
        sig_hash: fc.constant(SIGNATURE),
        recorded_at: fc.constant('2026-03-02T06:40:00.000Z'),
        recorded_at_from: fc.constantFrom('record', 'file'),
      }),
      day: fc.constantFrom('2026-03-02', 'undated'),
      task: fc.record({ key: text, id: fc.option(text), text, hash: fc.constant(SIGNATURE) }),
      messages: fc.array(message, { maxLength: 3 }),
      tools: fc.array(fc.jsonValue(), { maxLength: 2 }),
      artifacts: fc.array(fc.record({ kind: fc.constantFrom('patch', 'answer'), text, path: text }, { requiredKeys: ['kind', 'text'] }), {
        maxLength: 2,
      }),
      outcome: fc.record({
        state: fc.constantFrom('success', 'partial', 'unknown'),
        value: fc.option(number),
        from: fc.constantFrom('reward', 'human', 'none'),
      }),
      signals,
      model: fc.option(text),
      provider: fc.option(text),
      usage: fc.record(
        { prompt_tokens: count, completion_tokens: count, cost_usd: fc.double({ min: 0, max: 9, noNaN: true }) },
        { requiredKeys: [] },
      ),
      attempt: fc.option(count),
      trial: fc.option(count),
      parent_id: fc.option(text),
      origin: fc.constantFrom('external', 'replay'),
      generation: fc.nat(3),
      redactions: fc.dictionary(fc.constantFrom('email', 'phone'), fc.integer({ min: 1, max: 9 })),
    },
    { noNullPrototype: true },
  ) as fc.Arbitrary<Evidence>;
}
