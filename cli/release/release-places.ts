import { realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Tolerance } from '../../domain/release/index.ts';

/** Where the files of a freeze go. */
export interface ReleasePlaces {
  /** Page, tables and test log; always in the workspace. */
  readonly reports: string;
  readonly manifest: string;
  readonly markdown: string;
  readonly testLog: string;
}

/** A freeze that was not accepted never takes the place of the manifest of one that was. */
export type FreezeName = 'release' | 'release-refused';

/**
 * The manifest and its Markdown go to `out`, for whoever keeps them in the repository although git ignores the workspace; else beside the page, below
 * the workspace's reports, so that nothing is written outside of it unasked.
 */
export function releasePlaces(workspace: string, version: string, out: string | undefined, name: FreezeName): ReleasePlaces {
  const reports = join(workspace, 'reports', 'releases', version);
  const folder = out ?? reports;
  const suffix = name === 'release' ? '' : '-refused';
  return {
    reports,
    manifest: join(folder, `release-manifest${suffix}.json`),
    markdown: join(folder, `release-freeze${suffix}.md`),
    testLog: join(reports, 'tests.log'),
  };
}

/** Folders of a workspace that Lauter itself writes: reports that are made anew, and data that the manifest proves by digest instead of a commit. */
const OWN_FOLDERS = ['reports', 'lake', 'exports', 'ledger', 'audit', 'locks', 'temporal'];

/** What may differ from what is committed: what Lauter writes in its workspace, what an earlier freeze wrote to `out`, and what the config names. */
export function toleranceOf(repository: string, workspace: string, out: string | undefined, patterns: readonly string[]): Tolerance {
  const inside = (path: string): string => relative(realpathSync(repository), path).replaceAll(sep, '/');
  const own = OWN_FOLDERS.map((name) => `${inside(join(realpathSync(workspace), name))}/`);
  const names = ['release-manifest.json', 'release-manifest-refused.json', 'release-freeze.md', 'release-freeze-refused.md'];
  const given = out === undefined ? [] : names.map((name) => inside(join(realpathOf(out), name)));
  return { paths: [...own, ...given], patterns };
}

/** The real path of a folder of which the end need not be there yet. */
function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = resolve(path, '..');
    return above === path ? path : join(realpathOf(above), relative(above, path));
  }
}
