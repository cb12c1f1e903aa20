import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { detectSources, planSources } from '../../adapters/sources/plan-sources.ts';
import { readPart } from '../../adapters/sources/read-part.ts';
import { SOURCE_ADAPTERS } from '../../adapters/sources/registry.ts';
import type { EvidenceDraft } from '../../adapters/sources/source-adapter.ts';
import { scoreEvidence } from '../../domain/score/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { categoryMeantBy, INSPECT_LOGS, inspectLogFiles, inspectSamplesIn } from './inspect-truth.ts';
import { isPresent } from './real-data.ts';

interface Found {
  readonly file: string;
  readonly place: string;
  readonly draft: EvidenceDraft;
  readonly category: string;
  readonly sigHash: string;
}

describe.skipIf(!isPresent)('inspect, against the truth in the real logs', () => {
  let found: Found[];
  const expected = isPresent ? inspectLogFiles().flatMap(inspectSamplesIn) : [];

  beforeAll(async () => {
    found = await readAllFound();
  });

  it('recognises all 21 logs, and nothing else in the folder', async () => {
    const [detected] = await detectSources([{ paths: [INSPECT_LOGS], base: '/', options: {} }]);
    const sources = detected!.files.filter((file) => file.kind === 'source');
    expect(sources.map((file) => file.adapter)).toEqual(Array.from({ length: 21 }, () => 'inspect'));
    expect(sources.map((file) => (file.layout === 'archive' ? '.eval' : '.json'))).toEqual(
      sources.map((file) => /\.\w+$/.exec(file.name)![0]),
    );
    expect(detected!.files.filter((file) => file.kind !== 'source').map(({ name, kind }) => [name, kind])).toEqual([
      ['LICENSE', 'ignored'],
      ['SOURCE.txt', 'ignored'],
    ]);
  });

  it('finds every sample where it stands, none twice and none more', () => {
    const places = (list: readonly { file: string; place: string }[]): string[] => list.map(({ file, place }) => `${file} ${place}`).sort();
    expect(places(found)).toEqual(places(expected));
    expect(found.length).toBe(45);
  });

  it('comes to the category that the scores mean, sample by sample', () => {
    const tally: Record<string, number> = {};
    for (const { file, place, log, sample } of expected) {
      const { category } = foundAt(found, file, place);
      expect(category, `${file} ${place}`).toBe(categoryMeantBy(log, sample));
      tally[category] = (tally[category] ?? 0) + 1;
    }
    expect(tally).toEqual({ accepted: 14, partially_accepted: 7, rejected: 11, needs_human_review: 13 });
  });

  it('would notice scores that were not heard', () => {
    const deaf = expected.filter(({ log, sample }) => categoryMeantBy(log, { ...sample, scores: {} }) !== categoryMeantBy(log, sample));
    expect(deaf.length).toBe(31);
  });

  it('signs the sample alone', () => {
    for (const { file, place, sample } of expected) {
      const text = canonicalJson(sample as unknown as JsonValue);
      expect(foundAt(found, file, place).sigHash, `${file} ${place}`).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });

  it('has the words of every turn, those behind references too', () => {
    for (const { file, place, sample } of expected) {
      const { draft } = foundAt(found, file, place);
      expect(draft.messages.map(({ role }) => role)).toEqual(sample.messages.map(({ role }) => role));
      sample.messages.forEach(({ content }, index) => {
        const words = wordsIn(content, sample.attachments ?? sample.transcript?.content ?? {});
        const text = draft.messages[index]!.content;
        for (const word of words) expect(text, `${file} ${place} ${index}`).toContain(word);
        expect(text).not.toMatch(/(?:attachment|tc):\/\/|base64/);
      });
    }
  });

  it('names task and epoch alike in both packings of the one task', () => {
    const first = found.filter(({ draft }) => draft.task.key?.startsWith('inspect/popularity/1/'));
    expect(new Set(first.map(({ draft }) => draft.task.key)).size).toBe(1);
    expect(new Set(first.map(({ file }) => /\.\w+$/.exec(file)![0]))).toEqual(new Set(['.json', '.eval']));
    for (const { file, place, sample } of expected) expect(foundAt(found, file, place).draft.trial).toBe(sample.epoch);
  });

  it('has a time for every sample, on the day of its log', () => {
    for (const { file, place, log } of expected) {
      const distanceMs = Date.parse(foundAt(found, file, place).draft.recordedAt!) - Date.parse(log.eval.created);
      expect(distanceMs, `${file} ${place}`).toBeGreaterThanOrEqual(0);
      expect(distanceMs, `${file} ${place}`).toBeLessThan(600_000);
    }
  });
});

/** All texts of a turn. */
function wordsIn(content: unknown, attachments: Record<string, string>): string[] {
  if (typeof content === 'string') return [attachments[content.replace(/^(?:attachment|tc):\/\//, '')] ?? content];
  return (content as { text?: string }[]).flatMap(({ text }) => (text === undefined ? [] : wordsIn(text, attachments)));
}

function foundAt(found: readonly Found[], file: string, place: string): Found {
  const at = found.find((one) => one.file === file && one.place === place);
  if (at === undefined) throw new Error(`expected a record at ${file} ${place}, found none`);
  return at;
}

async function readAllFound(): Promise<Found[]> {
  const options = { skipUnknown: false, maxRecordBytes: 1 << 24, pipelineVersion: 'test' };
  const plan = await planSources([{ paths: [INSPECT_LOGS], base: '/', options: {} }], options);
  const found: Found[] = [];
  for (const part of plan.shards.flatMap(({ parts }) => parts)) {
    for await (const batch of readPart(part, options.maxRecordBytes)) {
      for (const record of batch) {
        if ('fault' in record) throw new Error(`reading ${part.source_file}: ${record.fault} ${record.detail}`);
        const [draft, ...more] = SOURCE_ADAPTERS.inspect.normalize(record, { path: part.source_file, options: {} });
        if (draft === undefined || 'refused' in draft || more.length > 0)
          throw new Error(`reading ${part.source_file}: ${JSON.stringify(draft)}`);
        found.push({
          file: relative(INSPECT_LOGS, part.path),
          place: draft.locator.member ?? draft.locator.pointer ?? '',
          draft,
          category: scoreEvidence(draft, { partialMin: 0.5 }).category,
          sigHash: createHash('sha256').update(record.canonical!).digest('hex'),
        });
      }
    }
  }
  return found;
}
