import { UsageError } from '../../domain/shared/errors.ts';
import { gitIn, type Git, type GitOutcome } from './run-git.ts';

/** A repository that is looked at and never changed. Names that come from outside must not begin with `-`. */
export interface OpenRepository {
  /** Folder of its work tree. */
  readonly root: string;
  /** Hash of the commit that is checked out. UsageError before the first commit. */
  head(): Promise<string>;
  /** Null when no branch is checked out. */
  branch(): Promise<string | null>;
  /** Paths, relative to the root, that are not as they are committed; files that git ignores aside. */
  changes(): Promise<string[]>;
  /** Paths that differ between a commit and the files as they are, files that git ignores aside; of a renamed file both names. */
  changesSince(commit: string): Promise<string[]>;
  /** Hash of the commit that a hash, tag or branch stands for. */
  commitOf(name: string): Promise<string | undefined>;
  /** Where a tag is (null: on something that is no commit) and what its message says. */
  tag(name: string): Promise<{ readonly commit: string | null; readonly message: string } | undefined>;
  isAncestor(commit: string, of: string): Promise<boolean>;
  /** True when git lets a tag have this name. */
  isTagName(name: string): Promise<boolean>;
}

/** The repository whose work tree holds a folder. UsageError, with what git says, when there is none. */
export async function openRepository(folder: string, env: NodeJS.ProcessEnv): Promise<OpenRepository> {
  const found = await gitIn(folder, env)('rev-parse', '--show-toplevel');
  const root = found.stdout.replace(/\r?\n$/, '');
  if (found.code === 0 && root !== '') return repositoryAt(root, gitIn(root, env));
  throw new UsageError(
    `looking for the repository of ${folder}: expected a work tree of git that holds it, found none${lastWords(found)}.`,
    'Keep the workspace in the repository that is to be released (git may ignore it), and name it with --workspace DIR.',
  );
}

function repositoryAt(root: string, git: Git): OpenRepository {
  const commitOf = async (name: string): Promise<string | undefined> => {
    const { code, stdout } = await git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
    return code === 0 ? stdout.trim() : undefined;
  };
  return {
    root,
    commitOf,
    head: async () => (await commitOf('HEAD')) ?? fail(root, 'a commit that is checked out', 'Commit what is to be released.'),
    branch: async () => {
      const { code, stdout } = await git('symbolic-ref', '--quiet', '--short', 'HEAD');
      return code === 0 ? stdout.trim() : null;
    },
    changes: async () => {
      const outcome = await git('status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignore-submodules=none');
      if (outcome.code !== 0) fail(root, 'git to tell its state', 'Run `git status` there.', outcome);
      return changedPaths(outcome.stdout);
    },
    changesSince: async (commit) => {
      // No program that the repository names is run to show a difference.
      const compared = await git('diff', '--name-only', '--no-renames', '--no-ext-diff', '--no-textconv', '-z', commit, '--');
      const untracked = await git('ls-files', '--others', '--exclude-standard', '-z', '--full-name', ':/');
      for (const outcome of [compared, untracked])
        if (outcome.code !== 0) fail(root, 'git to tell what changed', 'Run `git diff` there.', outcome);
      return [compared, untracked].flatMap(({ stdout }) => stdout.split('\0').slice(0, -1));
    },
    tag: async (name) => {
      if ((await git('show-ref', '--verify', '--quiet', `refs/tags/${name}`)).code !== 0) return undefined;
      const { stdout } = await git('for-each-ref', '--format=%(contents)', `refs/tags/${name}`);
      return { commit: (await commitOf(`refs/tags/${name}`)) ?? null, message: stdout };
    },
    isAncestor: async (commit, of) => (await git('merge-base', '--is-ancestor', commit, of)).code === 0,
    isTagName: async (name) => (await git('check-ref-format', `refs/tags/${name}`)).code === 0,
  };
}

/** Paths of `git status --porcelain=v1 -z`. A rename, or a copy, is followed by the path that it comes from. */
export function changedPaths(text: string): string[] {
  const paths: string[] = [];
  const fields = text.split('\0');
  for (let at = 0; at < fields.length - 1; at += 1) {
    const field = fields[at] ?? '';
    paths.push(field.slice(3));
    if (/[RC]/.test(field.slice(0, 2))) {
      at += 1;
      paths.push(fields[at] ?? '');
    }
  }
  return paths;
}

function fail(root: string, expected: string, remedy: string, outcome?: GitOutcome): never {
  throw new UsageError(
    `looking at the repository ${root}: expected ${expected}, found none${outcome === undefined ? '' : lastWords(outcome)}.`,
    remedy,
  );
}

function lastWords({ stderr }: GitOutcome): string {
  const line = stderr.split('\n')[0]?.trim() ?? '';
  return line === '' ? '' : ` (${line})`;
}
