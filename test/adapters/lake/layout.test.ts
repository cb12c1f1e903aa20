import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lakeLayout } from '../../../adapters/lake/layout.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';

const layout = lakeLayout('/lake');

test('days become folders, undated rows a folder of their own, other kinds none', () => {
  expect(layout.part('evidence', 'abc', '2026-03-05')).toBe(join('evidence', '2026', '03', '05', 'abc.parquet'));
  expect(layout.part('evidence', 'abc', 'undated')).toBe(join('evidence', 'undated', 'abc.parquet'));
  expect(layout.part('pairs', 'abc', null)).toBe(join('pairs', 'abc.parquet'));
});

test.each(['../outside.parquet', '/etc/passwd', 'evidence/../../outside.parquet', ''])(
  'the path %j does not lead out of the lake',
  (path) => {
    expect(() => layout.absolute(path)).toThrow(LakeCorruptError);
  },
);
