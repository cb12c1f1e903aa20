import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';
import { openRepository } from './repository.ts';
import { gitIn } from './run-git.ts';

/**
 * The text of a file as it is in another commit, tag or branch of the repository that holds it; the work tree is not looked at, and no filter or
 * program of the repository is run. The file's folder must exist. UsageError when the revision or the file is not there.
 */
export async function readFileAt(path: string, revision: string, env: NodeJS.ProcessEnv): Promise<string> {
  const folder = realFolder(dirname(path));
  const repository = await openRepository(folder, env);
  // A name that begins with a hyphen would be taken for an option.
  const commit = revision.startsWith('-') ? undefined : await repository.commitOf(revision);
  if (commit === undefined) {
    throw new UsageError(
      `reading a file of another revision, on ${revision}: expected a commit, tag or branch, found none of that name.`,
      'Fetch it first (`git fetch origin main`), and name it as git does, such as origin/main.',
    );
  }
  const name = join(relative(realpathSync(repository.root), folder), basename(path))
    .split(sep)
    .join('/');
  // Unlike `git show`, this converts nothing.
  const { code, stdout } = await gitIn(repository.root, env)('cat-file', 'blob', `${commit}:${name}`);
  if (code === 0) return stdout;
  throw new UsageError(
    `reading a file of another revision, on ${name} at ${revision}: expected a file, found none.`,
    'Name a file that is committed there.',
  );
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    throw new UsageError(
      `reading a file of another revision, on ${folder}: expected a folder of the work tree, found none.`,
      'Name a file in a folder that exists.',
      {},
      error,
    );
  }
}
