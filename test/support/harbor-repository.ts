import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { HARBOR_TRACES } from './harbor-traces.ts';
import { refine } from './refine.ts';
import { removeFolder } from './temporary-folder.ts';

/** Commits of a test have no other author and no other settings than these, whatever the machine knows of git. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'Harbor office',
  GIT_AUTHOR_EMAIL: 'office@tidewater.example',
  GIT_COMMITTER_NAME: 'Harbor office',
  GIT_COMMITTER_EMAIL: 'office@tidewater.example',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

/** Runs git in a folder and gives what it prints. */
export function git(folder: string, ...args: string[]): string {
  const { GIT_DIR: _dir, GIT_INDEX_FILE: _index, GIT_WORK_TREE: _tree, ...env } = process.env;
  return execFileSync('git', args, { cwd: folder, env: { ...env, ...IDENTITY }, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** A new repository with these files in its first commit. */
export function makeRepository(root: string, files: Readonly<Record<string, string>>): void {
  git(root, 'init', '--quiet', '--initial-branch', 'quay');
  commit(root, files, 'Open the harbor office');
}

/** Commits these files, and only these. Returns the hash. */
export function commit(root: string, files: Readonly<Record<string, string>>, message: string): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  git(root, 'add', '--', ...Object.keys(files));
  git(root, 'commit', '--quiet', '--message', message);
  return git(root, 'rev-parse', 'HEAD');
}

/** A repository of the harbor office that holds a workspace with one accepted run, and that passes the gates that look at it. */
export interface HarborRepository {
  readonly root: string;
  readonly workspace: string;
  readonly runId: string;
  /** Hash of its first commit, which is its one milestone; a second one names it. */
  readonly milestone: string;
  /** A copy of all of it that the running test may break; gone when the test ends. */
  copy(): { readonly root: string; readonly workspace: string };
  clear(): void;
}

export async function makeHarborRepository(): Promise<HarborRepository> {
  const above = mkdtempSync(join(tmpdir(), 'lauter-release-'));
  const root = join(above, 'office');
  mkdirSync(root);
  makeRepository(root, {
    'desk.jsonl': HARBOR_TRACES,
    'suite.sh': 'exit 0\n',
    'package.json': '{ "scripts": { "test": "sh suite.sh" } }\n',
  });
  const milestone = git(root, 'rev-parse', 'HEAD');
  const milestones = { schema: 'release-milestones/1', milestones: [{ name: 'opening', commit: milestone.slice(0, 12) }] };
  commit(root, { 'release-milestones.json': JSON.stringify(milestones) }, 'Name the milestones');
  const { run_id: runId } = await refine(join(root, 'refinery'), ['desk.jsonl'], root);
  // Whose workspace it is belongs to the repository; what Lauter writes into it does not.
  git(root, 'add', 'refinery/workspace.json');
  commit(root, { 'refinery/lauter.config.json': '{ "release": { "test_command": "sh suite.sh" } }\n' }, 'Keep the workspace');
  return {
    root,
    workspace: join(root, 'refinery'),
    runId,
    milestone,
    copy: () => copyBelow(above, root),
    clear: () => removeFolder(above),
  };
}

function copyBelow(above: string, root: string): { root: string; workspace: string } {
  const folder = mkdtempSync(join(above, 'copy-'));
  onTestFinished(() => removeFolder(folder));
  const copy = join(folder, 'office');
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
  return { root: copy, workspace: join(copy, 'refinery') };
}
