import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sourceDetectionSchema, type SourceDetection } from '../../schemas/source-detection.ts';
import { fixture } from '../adapters/sources/fixture-files.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function detect(folder: string, ...paths: string[]): Promise<{ code: number; detection: SourceDetection; err: string }> {
  const { code, out, err } = await runCli(['sources', 'detect', ...paths, '--json'], folder);
  return { code, detection: sourceDetectionSchema.parse(JSON.parse(out)), err };
}

describe('what a file is', () => {
  test('format, confidence, records and reason; the records are counted to the end', async () => {
    // 6 lines, one of them cut; a hundred times that is more than detection looks at.
    const folder = temporaryFolder({ 'desk.jsonl': HARBOR_TRACES, 'year.jsonl': HARBOR_TRACES.repeat(100) });
    const { code, detection } = await detect(folder, '.');
    expect(code).toBe(0);
    expect(detection.files).toMatchObject([
      { file: 'desk.jsonl', kind: 'source', adapters: ['openai-chat'], records: 6, broken: 1 },
      { file: 'year.jsonl', kind: 'source', adapters: ['openai-chat'], records: 600, broken: 100 },
    ]);
    expect(detection.files[0]!.confidence).toBeGreaterThan(0.5);
    expect(detection.files[0]!.reason).toContain('conversations with messages');
    expect(detection).toMatchObject({ records: 606, counts: { source: 2, unknown: 0 } });
  });

  test('a compressed file counts as what is in it', async () => {
    const folder = temporaryFolder({ 'desk.jsonl.gz': gzipSync(HARBOR_TRACES) });
    expect((await detect(folder, 'desk.jsonl.gz')).detection.files).toMatchObject([{ kind: 'source', records: 6 }]);
  });

  test('several attempts in one place are several records, as in a run', async () => {
    const text = fixture('review-comments', 'positive_samples.json').text;
    const comments = (JSON.parse(text) as { comments: unknown[] }[]).reduce((sum, { comments: own }) => sum + own.length, 0);
    const { detection } = await detect(temporaryFolder({ 'positive_samples.json': text }), '.');
    expect(detection.records).toBe(comments);
  });

  test('companions and what is no candidate are listed with their reason; exit 0', async () => {
    const folder = temporaryFolder({
      'lantern__clock-101.json': fixture('aider-bench', 'lantern__clock-101.json').text,
      'all_preds.jsonl': fixture('aider-bench', 'all_preds.jsonl').text,
      'notes.txt': 'low tide at noon',
      'empty.jsonl': '',
    });
    const { code, detection } = await detect(folder, '.');
    expect(code).toBe(0);
    expect(Object.fromEntries(detection.files.map(({ file, kind }) => [file, kind]))).toEqual({
      'all_preds.jsonl': 'companion',
      'empty.jsonl': 'ignored',
      'lantern__clock-101.json': 'source',
      'notes.txt': 'ignored',
    });
    expect(detection.files.every(({ reason }) => reason !== '')).toBe(true);
  });

  test('people get a table', async () => {
    const { out } = await runCli(['sources', 'detect', '.'], temporaryFolder({ 'desk.jsonl': HARBOR_TRACES }));
    expect(out).toMatch(/^file {2,}format .*\n─.*\ndesk\.jsonl {2,}openai-chat .*; 1 broken\n\n6 records; files: 1 source\n$/);
  });
});

describe('exit 2, with what to do', () => {
  test('JSON of no known format', async () => {
    const { code, detection, err } = await detect(temporaryFolder({ 'tides.json': '{"tide":"low"}', 'desk.jsonl': HARBOR_TRACES }), '.');
    expect(code).toBe(2);
    expect(detection.files).toMatchObject([{ kind: 'source' }, { kind: 'unknown', adapters: [], records: null }]);
    expect(err).toContain('tides.json: unknown, JSON of no known trace format');
    expect(err).toContain('--skip-unknown');
  });

  test('a file that was named and is none of ours', async () => {
    const { code, err } = await detect(temporaryFolder({ 'notes.txt': 'low tide' }), 'notes.txt');
    expect(code).toBe(2);
    expect(err).toContain('not JSON, JSONL or a log archive');
  });

  test('an archive that was cut off', async () => {
    const whole = gzipSync(HARBOR_TRACES.repeat(50));
    const { code, detection } = await detect(temporaryFolder({ 'desk.jsonl.gz': whole.subarray(0, whole.length - 12) }), '.');
    expect(code).toBe(2);
    expect(detection.files).toMatchObject([{ kind: 'unreadable', adapters: ['openai-chat'], records: null }]);
    expect(detection.files[0]!.reason).toContain('expected a whole gzip archive');
  });

  test.each(['nowhere', 'empty', '*.jsonl'])('a path that leads to nothing: %s', async (path) => {
    const { code, out, err } = await runCli(['sources', 'detect', path], temporaryFolder({ 'empty/': '' }));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^reading sources: expected /);
  });
});
