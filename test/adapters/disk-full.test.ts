import { describe, expect, test } from 'vitest';
import { translateDiskFull } from '../../adapters/disk-full.ts';
import { DiskFullError } from '../../domain/shared/errors.ts';

const systemError = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: it went wrong, write`), { code, ...(path === undefined ? {} : { path }) });

describe('translateDiskFull', () => {
  test.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('%s means that there is no room', (code) => {
    const translated = translateDiskFull(systemError(code, 'lake/evidence.parquet'));
    expect(translated).toBeInstanceOf(DiskFullError);
    expect(translated?.message).toContain('writing lake/evidence.parquet: expected room on the disk, found none');
    expect(translated?.remedy).toContain('run the same command again');
    expect(translated?.cause).toMatchObject({ code });
  });

  test.each(['IO Error: Could not write file "x.parquet": No space left on device', 'Disk quota exceeded', 'File too large'])(
    'so does what DuckDB says: %s',
    (message) => {
      expect(translateDiskFull(new Error(message))).toBeInstanceOf(DiskFullError);
    },
  );

  test('what was being written is named where the error does not', () => {
    expect(translateDiskFull(systemError('ENOSPC'), 'exports/sft.jsonl')?.message).toContain('writing exports/sft.jsonl:');
  });

  test.each([
    systemError('ENOENT'),
    systemError('EACCES'),
    new Error('Parser Error: syntax error'),
    'ENOSPC',
    undefined,
    { code: 'ENOSPC' },
  ])('anything else is left as it is (%s)', (error) => {
    expect(translateDiskFull(error)).toBeUndefined();
  });
});
