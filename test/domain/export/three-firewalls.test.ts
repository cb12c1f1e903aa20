import { afterEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { OPTIONS, record } from './records.ts';

/** The row that must never stand in the SFT file, complete in every other respect. */
const FORBIDDEN = ['rejected', 'needs_human_review'] as const;

const lawful = {
  id: 'a'.repeat(64),
  messages: record().messages,
  task_key: 'openai-chat/tide-1',
  split: 'train',
  tokens: 6,
  provenance: {
    source_file: 'desk/2026-03-02.jsonl',
    locator: { line: 0 },
    line_offset: 0,
    sig_hash: 'b'.repeat(64),
    recorded_at: '2026-03-02T06:40:00.000Z',
    recorded_at_from: 'record',
  },
};

afterEach(() => {
  vi.resetModules();
  vi.doUnmock('../../../schemas/vocabulary.ts');
});

describe.each(FORBIDDEN)('%s', (category) => {
  test('the first firewall alone: the schema cannot hold it', async () => {
    const { sftRowSchema } = await import('../../../schemas/export-rows.ts');
    expect(sftRowSchema.safeParse({ ...lawful, quality_score: 'accepted' }).success).toBe(true);
    expect(sftRowSchema.safeParse({ ...lawful, quality_score: category }).success).toBe(false);
  });

  test('the second alone: with the word let into the vocabulary of the schema, the exporter still refuses it', async () => {
    await letIntoVocabulary(category);
    const { sftRowSchema } = await import('../../../schemas/export-rows.ts');
    expect(sftRowSchema.safeParse({ ...lawful, quality_score: category }).success).toBe(true);
    const { sftCandidate } = await import('../../../domain/export/index.ts');
    expect(sftCandidate(record({ category }), OPTIONS)).toMatchObject({ template: null, refusal: category });
  });

  test('the third alone: with the word let into the vocabulary and out of SFT_NEVER, the row is still found', async () => {
    await letIntoVocabulary(category);
    const { sftCandidate, SFT_NEVER, SftFirewall } = await import('../../../domain/export/index.ts');
    (SFT_NEVER as Set<string>).delete(category);
    const { template } = sftCandidate(record({ category }), OPTIONS);
    expect(template).toContain(`"quality_score":"${category}"`);
    expect(new SftFirewall(true).check({ ...(lawful as unknown as JsonObject), quality_score: category })?.detail).toContain(
      `found "${category}"`,
    );
  });
});

async function letIntoVocabulary(category: string): Promise<void> {
  const vocabulary = await vi.importActual<typeof import('../../../schemas/vocabulary.ts')>('../../../schemas/vocabulary.ts');
  vi.resetModules();
  vi.doMock('../../../schemas/vocabulary.ts', () => ({ ...vocabulary, SFT_QUALITY: [...vocabulary.SFT_QUALITY, category] }));
}
