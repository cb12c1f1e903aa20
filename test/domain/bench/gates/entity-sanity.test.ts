import { describe, expect, test } from 'vitest';
import { meanSanity, measureEntitySanity } from '../../../../domain/bench/gates/entity-sanity.ts';

const shares = (entities: Record<string, unknown>) => measureEntitySanity({ entities } as never);

describe('files', () => {
  test.each([
    ...['Makefile', 'README', 'LICENSE', 'Dockerfile', 'CHANGELOG', 'Justfile', 'Procfile', 'CODEOWNERS', 'makefile'].map(
      (name) => `G23: ${name}`,
    ),
    'src/tides.ts',
    'C:\\tides\\log.txt',
    '.env',
    'tides.parquet',
    'a.b',
    'archive.tar.gz',
    'the tide table.xlsx',
    `${'a'.repeat(196)}.txt`,
  ])('%s is sane', (name) => {
    expect(shares({ files: [name.replace('G23: ', '')] })).toEqual({ files: 1 });
  });

  test.each(['tides', 'the config file', 'It broke.', 'tides.abcdefghi', '', '  ', `${'a'.repeat(197)}.txt`, 'tides.'])(
    '%s is not',
    (name) => {
      expect(shares({ files: [name] })).toEqual({ files: 0 });
    },
  );
});

describe('tools', () => {
  test.each(['make', 'docker compose', 'pg dump tool', 'node.js', 'a'.repeat(40), 'C++'])('%s is sane', (name) => {
    expect(shares({ tools: [name] })).toEqual({ tools: 1 });
  });

  test.each(['one two three four', 'make.', 'Stop!', 'really?', 'a'.repeat(41), '', 'done. '])('%s is not', (name) => {
    expect(shares({ tools: [name] })).toEqual({ tools: 0 });
  });
});

describe('projects', () => {
  test.each(['harbour', 'tides-north_2', 'a'.repeat(80), 'org/tides'])('%s is sane', (name) => {
    expect(shares({ projects: [name] })).toEqual({ projects: 1 });
  });

  test.each(['north basin', 'a'.repeat(81), 'tides\n', '', 'a\u00a0b'])('%j is not', (name) => {
    expect(shares({ projects: [name] })).toEqual({ projects: 0 });
  });
});

test('a category is present when it is a list with something in it; values that are no strings are not sane', () => {
  expect(shares({ files: [], tools: 'make', projects: ['tides', 7, null, 'a b'], topics: ['x y z'] })).toEqual({ projects: 0.25 });
  expect(measureEntitySanity({})).toEqual({});
});

test('the mean is over categories, not over values', () => {
  expect(meanSanity({ files: 1, tools: 0.5 })).toBe(0.75);
  expect(meanSanity({})).toBeUndefined();
});
