import { describe, expect, test } from 'vitest';
import { generateSamples, SAMPLES_SEED, type SampleFile } from '../../../domain/samples/index.ts';
import { configSchema } from '../../../schemas/config.ts';
import { readFolder, readTruth, SAMPLES_FOLDER } from './read-samples.ts';

const committed = readFolder(SAMPLES_FOLDER);

describe('the committed samples', () => {
  test('are what the generator writes, byte for byte', () => {
    expect(differences(committed, generateSamples(SAMPLES_SEED)), 'run `npm run samples` and commit data/samples').toEqual([]);
  });

  test('a changed byte, a missing file and a stray file would each be named', () => {
    const [first, second, ...rest] = generateSamples(SAMPLES_SEED) as [SampleFile, SampleFile, ...SampleFile[]];
    const changed = { path: second.path, bytes: Uint8Array.from(second.bytes, (byte, at) => (at === 9 ? byte ^ 1 : byte)) };
    const stray = { path: 'night-line/0000.jsonl', bytes: new Uint8Array(1) };
    expect(differences(committed, [changed, stray, ...rest])).toEqual([
      `${second.path} differs`,
      `${stray.path} is not committed`,
      `${first.path} is not generated`,
    ]);
  });

  test('stay below 3 MB and hold about a thousand records in twelve streams', () => {
    const sizeBytes = [...committed.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const truth = readTruth();
    expect(sizeBytes).toBeLessThan(3_000_000);
    expect(truth.streams).toHaveLength(12);
    expect(truth.records.length).toBeGreaterThan(950);
    expect(truth.records.length).toBeLessThan(1100);
  });

  test('come with a config that names every stream', () => {
    const config = configSchema.parse(JSON.parse(String(committed.get('lauter.config.json'))));
    expect(config.sources.map(({ name, adapter }) => ({ name, adapter }))).toEqual(
      readTruth().streams.map(({ name, adapter }) => ({ name, adapter })),
    );
  });
});

describe('generateSamples', () => {
  test('is a function of the seed', () => {
    expect(differences(asFolder(generateSamples(5)), generateSamples(5))).toEqual([]);
    expect(differences(asFolder(generateSamples(5)), generateSamples(6))).not.toEqual([]);
  });
});

function differences(expected: ReadonlyMap<string, Uint8Array>, found: readonly SampleFile[]): string[] {
  const wrong = found.flatMap(({ path, bytes }) => {
    const there = expected.get(path);
    if (there === undefined) return [`${path} is not committed`];
    return Buffer.from(bytes).equals(there) ? [] : [`${path} differs`];
  });
  const generated = new Set(found.map(({ path }) => path));
  return [...wrong, ...[...expected.keys()].filter((path) => !generated.has(path)).map((path) => `${path} is not generated`)];
}

function asFolder(files: readonly SampleFile[]): Map<string, Uint8Array> {
  return new Map(files.map(({ path, bytes }) => [path, bytes]));
}
