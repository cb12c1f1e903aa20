import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  digestInTag,
  isTolerated,
  isVersionName,
  manifestDigest,
  releaseVerdict,
  sealManifest,
  tagCommand,
} from '../../../domain/release/index.ts';
import { releaseManifestSchema } from '../../../schemas/release-manifest.ts';
import { RELEASE_MANIFEST } from '../../support/release-manifest.ts';
import { fc } from '../../support/fast-check.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the name of a version', () => {
  test.each(['1.0.0', 'v1.0.0', '2026.03.02-rc.1', '1.0.0+harbor', 'harbor_7'])('%s is one', (name) =>
    expect(isVersionName(name)).toBe(true),
  );

  test.each([
    '',
    '-f',
    '--delete',
    '.hidden',
    'v 1',
    'v1;rm',
    '$(id)',
    '`id`',
    'a/b',
    '../x',
    'a\\b',
    'v1\n',
    'ü',
    'HEAD',
    'head',
    'x'.repeat(101),
  ])('%j is none', (name) => expect(isVersionName(name)).toBe(false));

  test('whatever is one is a single word of a shell', () => {
    fc.assert(fc.property(fc.string(), (name) => !isVersionName(name) || /^[\w.+-]+$/.test(name)));
  });
});

describe('what may differ from what is committed', () => {
  const tolerance = { paths: ['data/reports/', 'release-freeze.md'], patterns: ['docs/figures/', '*.csv', './out/**/index.html'] };

  test.each([
    ['data/reports/run-1/report.html', true],
    ['data/reportsx', false],
    ['data/reports', false],
    ['release-freeze.md', true],
    ['docs/release-freeze.md', false],
    ['docs/figures/tide/low.svg', true],
    ['tides.csv', true],
    ['docs/tides.csv', false],
    ['out/a/b/index.html', true],
    ['out/index.htm', false],
    ['desk.ts', false],
  ])('%s: %s', (path, expected) => expect(isTolerated(path, tolerance)).toBe(expected));

  test('signs of a regular expression stand for themselves', () => {
    expect(isTolerated('axb', { paths: [], patterns: ['a.b'] })).toBe(false);
    expect(isTolerated('a(b)[c]', { paths: [], patterns: ['a(b)[c]'] })).toBe(true);
  });
});

describe('what the gates come to', () => {
  const gates = (...states: ('passed' | 'failed' | 'errored')[]) => states.map((state) => ({ state }));

  test('six yes are a yes, and nothing less is', () => {
    expect(releaseVerdict(gates('passed', 'passed', 'passed', 'passed', 'passed', 'passed'))).toBe('accepted');
    expect(releaseVerdict(gates('passed', 'passed', 'passed', 'passed', 'passed'))).toBe('inconclusive');
    expect(releaseVerdict([])).toBe('inconclusive');
  });

  test('one no refuses, whatever could not be judged; without a no, that is inconclusive', () => {
    expect(releaseVerdict(gates('passed', 'errored', 'failed', 'passed', 'passed', 'passed'))).toBe('refused');
    expect(releaseVerdict(gates('passed', 'errored', 'passed', 'passed', 'passed', 'passed'))).toBe('inconclusive');
  });
});

describe('the seal of a manifest', () => {
  const { manifest_digest: _digest, ...open } = RELEASE_MANIFEST;
  const sealed = sealManifest(open, sha256);

  test('is that of everything else in it, in any order of fields', () => {
    expect(releaseManifestSchema.safeParse(sealed).error).toBeUndefined();
    expect(manifestDigest(sealed, sha256)).toBe(sealed.manifest_digest);
    const turned = Object.fromEntries(Object.entries(sealed).toReversed()) as typeof sealed;
    expect(manifestDigest(turned, sha256)).toBe(sealed.manifest_digest);
  });

  test('breaks with any field that is changed', () => {
    for (const field of Object.keys(open)) {
      const changed = { ...sealed, [field]: 'another' };
      expect(manifestDigest(changed, sha256), field).not.toBe(sealed.manifest_digest);
    }
  });

  test('stands in the message of the tag', () => {
    const command = tagCommand(sealed);
    expect(command).toBe(`git tag -a 1.0.0 ${'c'.repeat(40)} -m "Release 1.0.0" -m "release-manifest sha256 ${sealed.manifest_digest}"`);
    expect(digestInTag(`Release 1.0.0\n\nrelease-manifest sha256 ${sealed.manifest_digest}\n`)).toBe(sealed.manifest_digest);
    expect(digestInTag('Release 1.0.0, the digest is release-manifest sha256 lost')).toBeUndefined();
  });
});
