import { describe, expect, test } from 'vitest';
import { renderRelease } from '../../../reports/release/render-release.ts';
import type { ReleaseManifest } from '../../../schemas/release-manifest.ts';
import { RELEASE_MANIFEST } from '../../support/release-manifest.ts';

const COMMAND = 'git tag -a 1.0.0 cccc -m "Release 1.0.0"';

function pageOf(manifest: ReleaseManifest, command: string | null = COMMAND): string {
  return renderRelease(manifest, command, 'release-freeze').beside.at(-1)!.text;
}

const REFUSED: ReleaseManifest = {
  ...RELEASE_MANIFEST,
  verdict: 'refused',
  splits: null,
  branch: null,
  milestones: [{ name: '<img src=x onerror=alert(1)> | `=cmd()`', stated: 'x', commit: null }],
  gates: RELEASE_MANIFEST.gates.map((result) =>
    result.gate === 'clean' ? { ...result, state: 'failed', detail: 'found 1 changed', findings: ['=HYPERLINK("x")\n<b>.md'] } : result,
  ),
};

describe('an accepted freeze', () => {
  const { beside, markdown } = renderRelease(RELEASE_MANIFEST, COMMAND, 'release-freeze');

  test('is a page with its tables and its document beside it, the page last', () => {
    expect(beside.map(({ name }) => name)).toEqual([
      'release-freeze-gates.csv',
      'release-freeze-findings.csv',
      'release-freeze-data.csv',
      'release-freeze-files.csv',
      'release-freeze-milestones.csv',
      'release-freeze.json',
      'release-freeze.html',
    ]);
    expect(JSON.parse(beside.at(-2)!.text)).toEqual(RELEASE_MANIFEST);
    const links = [...beside.at(-1)!.text.matchAll(/href="([^"#:]+)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(6);
    expect(links.filter((link) => !beside.some(({ name }) => name === link))).toEqual([]);
  });

  test('says first that it was accepted, and how to tag', () => {
    const page = beside.at(-1)!.text;
    expect(page.indexOf('Accepted')).toBeLessThan(page.indexOf('id="gates"'));
    expect(page).toContain('git tag -a 1.0.0 cccc -m &quot;Release 1.0.0&quot;'.replaceAll('&quot;', '"'));
    expect(markdown).toMatch(/^# Accepted: release `1\.0\.0`\n/);
    expect(markdown).toContain('`git tag -a 1.0.0 cccc -m "Release 1.0.0"`');
    expect(markdown).toContain('| rag | 2 | 1 | 0 | 1 | `dddddddddddd…` |');
  });
});

describe('a refused one', () => {
  test('says what speaks against it, and gives no command that tags', () => {
    const page = pageOf(REFUSED, null);
    expect(page).toContain('1 gate of 6 did not pass; nothing is released.');
    expect(page).toContain('Gate clean failed:');
    expect(page).toContain('No branch checked out');
    expect(page).not.toContain('git tag');
  });

  test('escapes what comes from the repository, for each place it lands in', () => {
    const { beside, markdown } = renderRelease(REFUSED, null, 'release-freeze');
    const csv = (name: string): string => beside.find((file) => file.name === `release-freeze-${name}.csv`)!.text;
    expect(pageOf(REFUSED, null)).not.toMatch(/<img|<b>/);
    expect(csv('findings')).toContain(`"'=HYPERLINK(""x"")`);
    expect(markdown).not.toMatch(/\n<b>/);
    expect(markdown).toContain('| `` <img src=x onerror=alert(1)> \\| `=cmd()` `` |');
  });
});

test('one that could not be judged is neither', () => {
  const gates = RELEASE_MANIFEST.gates.map((result) => (result.gate === 'acceptance' ? { ...result, state: 'errored' as const } : result));
  const page = pageOf({ ...RELEASE_MANIFEST, verdict: 'inconclusive', gates }, null);
  expect(page).toContain('<title>Inconclusive: Release freeze 1.0.0</title>');
  expect(page).toContain('Errored');
});
