import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import type { Draft, EvidenceDraft, RawRecord, RecordContext, SourceAdapter } from '../../../adapters/sources/source-adapter.ts';
import { evidenceSchema, locatorSchema } from '../../../schemas/evidence.ts';
import { QUARANTINE_REASONS } from '../../../schemas/vocabulary.ts';
import type { FixtureFile } from './fixture-files.ts';
import { recordsOf } from './records-of.ts';
import { sampleOf } from './sample-of.ts';
import { withPartReplaced } from './with-part-replaced.ts';
import { fc } from '../../support/fast-check.ts';

/** What an adapter is tried on: files of its own format (companions too) and files that are none of its business. */
export interface ContractMaterial {
  readonly samples: readonly FixtureFile[];
  readonly foreign: readonly FixtureFile[];
}

type Check = (adapter: SourceAdapter, material: ContractMaterial) => void;

/** Registers one test per promise that every source adapter makes. */
export function describeAdapter(adapter: SourceAdapter, material: ContractMaterial): void {
  describe(`${adapter.name}, as a source adapter`, () => {
    for (const [promise, check] of Object.entries(CONTRACT)) it(promise, () => check(adapter, material));
  });
}

/** The promises, each with the check that throws when it is broken. */
export const CONTRACT: Readonly<Record<string, Check>> = {
  'recognises its own files': (adapter, { samples }) => {
    for (const file of samples) {
      const detection = adapter.detect(sampleOf(file.text, file.path));
      expect(detection, file.path).toBeDefined();
      expect(detection?.confidence, file.path).toBeGreaterThan(0);
      expect(detection?.confidence, file.path).toBeLessThanOrEqual(1);
      expect(detection?.reason, file.path).not.toBe('');
    }
  },

  'leaves foreign files alone': (adapter, { foreign }) => {
    for (const file of foreign) expect(adapter.detect(sampleOf(file.text, file.path)), file.path).toBeUndefined();
  },

  'detects without throwing, whatever the file holds': (adapter, { samples }) => {
    const path = fc.constantFrom(...samples.map((file) => file.path));
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.array(fc.json()).map((lines) => lines.join('\n')),
    );
    fc.assert(fc.property(text, path, (content, at) => void adapter.detect(sampleOf(content, at))));
  },

  'accounts for every record': (adapter, { samples }) => {
    for (const { record, context } of recordsIn(adapter, samples)) {
      expect(adapter.normalize(record, context).length, `${context.path} ${JSON.stringify(record.locator)}`).toBeGreaterThan(0);
    }
  },

  'finds evidence in its samples, each piece lawful and told apart': (adapter, { samples }) => {
    const evidence = recordsIn(adapter, samples).flatMap(({ record, context }) => {
      const drafts = adapter.normalize(record, context);
      expectLawful(drafts);
      const pieces = drafts.filter(isEvidence);
      expect(new Set(pieces.map((piece) => `${piece.branch}\n${canonicalJson(piece.signed)}`)).size).toBe(pieces.length);
      return pieces;
    });
    expect(evidence.length).toBeGreaterThan(0);
  },

  'turns arbitrary JSON into lawful drafts and never throws': (adapter, { samples }) => {
    const value = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()));
    const contexts = fc.constantFrom(...samples.map(contextOf));
    fc.assert(
      fc.property(value, contexts, (anything, context) => {
        const record = { value: anything as JsonValue, locator: { line: 0 }, line: 0, key: '0', lines: [0] };
        expectLawful(adapter.normalize(record, context));
      }),
    );
  },

  'turns a sample with one part lost or replaced into lawful drafts and never throws': (adapter, { samples }) => {
    const own = fc.constantFrom(...recordsIn(adapter, samples));
    const steps = fc.array(fc.nat(), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(own, steps, fc.option(fc.jsonValue(), { nil: undefined }), ({ record, context }, path, part) => {
        const value = withPartReplaced(record.value, path, part as JsonValue | undefined);
        expectLawful(adapter.normalize({ ...record, value }, context));
      }),
      { numRuns: 300 },
    );
  },

  'says the same twice and leaves the record as it was': (adapter, { samples }) => {
    for (const { record, context } of recordsIn(adapter, samples)) {
      const frozen = { ...record, value: frozenCopy(record.value) };
      const first = structuredClone(adapter.normalize(frozen, context));
      expect(adapter.normalize(frozen, context)).toEqual(first);
      expect(frozen.value).toEqual(record.value);
    }
  },
};

/** True for a draft that is not a refusal. */
export function isEvidence(draft: Draft): draft is EvidenceDraft {
  return !('refused' in draft);
}

/** The records of those samples that hold records, each with its file's context. */
function recordsIn(adapter: SourceAdapter, samples: readonly FixtureFile[]): { record: RawRecord; context: RecordContext }[] {
  return samples.flatMap((file) => {
    const layout = adapter.detect(sampleOf(file.text, file.path))?.layout;
    if (layout === undefined || layout === 'companion') return [];
    return recordsOf(file.text, layout).map((record) => ({ record, context: contextOf(file) }));
  });
}

function contextOf(file: FixtureFile): RecordContext {
  return { path: file.path, options: file.options ?? {} };
}

const draftShape = evidenceSchema.omit({
  id: true,
  source: true,
  adapter: true,
  provenance: true,
  day: true,
  task: true,
  redactions: true,
});

function expectLawful(drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    locatorSchema.parse(draft.locator);
    expect(draft.line).toBeGreaterThanOrEqual(0);
    if (isEvidence(draft)) expectEvidence(draft);
    else {
      expect(Object.keys(QUARANTINE_REASONS)).toContain(draft.refused);
      expect(draft.detail).not.toBe('');
    }
  }
}

function expectEvidence(draft: EvidenceDraft): void {
  const { signed, branch, locator: _locator, line: _line, recordedAt, task, ...rest } = draft;
  draftShape.parse(rest);
  expect(typeof canonicalJson(signed)).toBe('string');
  expect(typeof branch).toBe('string');
  expect(typeof task.text).toBe('string');
  expect(task.id === null || typeof task.id === 'string').toBe(true);
  expect(task.key === undefined || typeof task.key === 'string').toBe(true);
  if (recordedAt !== null) expect(recordedAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
}

function frozenCopy(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozenCopy(item)]));
  return Object.freeze(copy) as JsonValue;
}
