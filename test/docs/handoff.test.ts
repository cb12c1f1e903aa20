import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeSpans, existsInClone, PROJECT_ROOT, readDocument, tableBelow } from './document.ts';

const rows = tableBelow(readDocument('docs/handoff.md').text, 'What must not be changed casually').map(
  ([files = '', why = '', tests = '']) => ({
    files: codeSpans(files),
    constants: codeSpans(why).filter((code) => /^[A-Z]+(?:_[A-Z]+)+$|^[a-z]+[A-Za-z]+Schema$/.test(code)),
    tests: codeSpans(tests),
  }),
);

/** Constants that stand in none of the files of their row. */
function misplaced(row: { files: readonly string[]; constants: readonly string[] }): string[] {
  const texts = row.files.map((file) => readFileSync(join(PROJECT_ROOT, file), 'utf8'));
  return row.constants.filter((name) => !texts.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
}

describe('the table of fragile files', () => {
  it('names files, and for each a test, that exist', () => {
    expect(rows.length).toBeGreaterThan(15);
    for (const { files, tests } of rows) {
      expect(files.length, JSON.stringify(files)).toBeGreaterThan(0);
      expect(tests.length, JSON.stringify(files)).toBeGreaterThan(0);
    }
    expect(rows.flatMap(({ files, tests }) => [...files, ...tests]).filter((path) => !existsInClone(path))).toEqual([]);
  });

  it('names constants that stand in those files', () => {
    expect(rows.flatMap(({ constants }) => constants).toSorted()).toEqual(
      ['EXPORT_VERSION', 'MATERIALIZE_VERSION', 'SCORER_VERSION', 'SFT_NEVER', 'SFT_QUALITY', 'sftRowSchema'].toSorted(),
    );
    expect(rows.flatMap(misplaced)).toEqual([]);
  });

  it('would notice a constant that moved away', () => {
    expect(misplaced({ files: ['schemas/vocabulary.ts'], constants: ['SFT_QUALITY', 'TIDE_TABLE'] })).toEqual(['TIDE_TABLE']);
  });
});
