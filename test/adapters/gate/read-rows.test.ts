import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBaseline, readRows, readTextFile } from '../../../adapters/gate/read-rows.ts';
import { CollectionError } from '../../../domain/shared/errors.ts';
import { capturedRow, rowFile } from '../../support/captured-rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ROW = capturedRow('the tide', ['tide']);
const HEADER = { schema_version: 1, _kind: 'baseline_metadata' };

function problemOf(text: string, read: (source: { name: string; text: string }) => unknown = readRows): CollectionError {
  try {
    read({ name: 'rows.ndjson', text });
  } catch (error) {
    if (error instanceof CollectionError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

test('RPL-10: a header is passed over, blank lines and a byte order mark too', () => {
  expect(readRows({ name: 'rows.ndjson', text: `\ufeff${rowFile([HEADER, ROW])}\n\n${rowFile([ROW])}` })).toEqual([ROW, ROW]);
  expect(readRows({ name: 'rows.ndjson', text: rowFile([HEADER]) })).toEqual([]);
});

test.each([
  ['no schema_version', rowFile([ROW, { ...ROW, schema_version: undefined }]), /line 2.*schema_version/],
  ['a newer schema_version', rowFile([ROW, { ...ROW, schema_version: 2 }]), /line 2.*schema_version.*upgrade/],
  ['an older schema_version', rowFile([{ ...ROW, schema_version: 0 }]), /line 1.*schema_version 1, found 0/],
  ['a schema_version that is a text', rowFile([{ ...ROW, schema_version: '1' }]), /line 1.*schema_version/],
  ['a newer header', rowFile([{ ...HEADER, schema_version: 2 }, ROW]), /line 1.*schema_version.*upgrade/],
  ['bad JSON on line 2', `${rowFile([ROW])}{"schema_version":1,\n`, /line 2.*JSON/],
  ['NaN', `${rowFile([ROW])}{"schema_version":1,"latency_ms":NaN}\n`, /line 2.*JSON/],
  ['a list', '[]\n', /line 1.*object/],
  ['an empty file', '', /empty/],
  ['a file of blank lines', '\n  \n', /empty/],
  ['no query', rowFile([{ ...ROW, query: undefined }]), /line 1.*query/],
  ['slugs that are none', rowFile([{ ...ROW, retrieved_slugs: [1] }]), /line 1.*retrieved_slugs/],
  ['a latency that is no number', rowFile([{ ...ROW, latency_ms: '10' }]), /line 1.*latency_ms/],
  ['another tool', rowFile([{ ...ROW, tool_name: 'grep' }]), /line 1.*tool_name/],
])('RPL-11: %s is refused with its line and field', (_name, text, expected) => {
  expect(problemOf(text).message).toMatch(expected);
});

test('RPL-11: a problem names file and line beside the message, and shows nothing of the row', () => {
  const { context, message } = problemOf(rowFile([ROW, { ...ROW, latency_ms: 'a secret of the harbour' }]));
  expect(context).toEqual({ file: 'rows.ndjson', line: 2 });
  expect(message).not.toContain('secret');
});

test('a file that is missing, a folder, or no text is told by its name', () => {
  const root = temporaryFolder({ 'bytes.ndjson': new Uint8Array([0xff, 0xfe, 0x00]) });
  expect(() => readTextFile(join(root, 'none.ndjson'), 'none.ndjson')).toThrow(/none\.ndjson.*found none/);
  expect(() => readTextFile(root, 'folder')).toThrow(/folder.*EISDIR/);
  expect(() => readTextFile(join(root, 'bytes.ndjson'), 'bytes.ndjson')).toThrow(/UTF-8/);
});

test('a baseline begins with its header, and each of its rows has a hash', () => {
  expect(problemOf(rowFile([ROW]), readBaseline).message).toMatch(/line 1.*baseline_metadata/);
  expect(problemOf(rowFile([HEADER]), readBaseline).message).toMatch(/line 1.*label/);
  const header = { ...HEADER, label: 'l', published_at: 'p', source_hash: '0'.repeat(64), row_count: 1, baseline_mean_latency_ms: 10 };
  expect(problemOf(rowFile([header, ROW]), readBaseline).message).toMatch(/line 2.*query_hash/);
  expect(problemOf(rowFile([header, header]), readBaseline).message).toMatch(/line 2/);
  expect(problemOf(rowFile([{ ...header, thresholds: { jaccard: 'abc' } }]), readBaseline).message).toMatch(/line 1.*thresholds\.jaccard/);
  expect(problemOf(rowFile([{ ...header, thresholds: { top1: 1.5 } }]), readBaseline).message).toMatch(/line 1.*thresholds\.top1/);
});
