import { resolve } from 'node:path';
import { openRepository, type OpenRepository } from '../../adapters/git/repository.ts';
import { PACKAGE_ROOT, VERSION } from '../../adapters/program-version.ts';

/** The commit that this program was built from, `dirty` after it where files differ; `unknown` outside of a clone. */
export async function codeCommit(env: NodeJS.ProcessEnv): Promise<string> {
  return (
    // An installed copy may lie in somebody else's repository, whose commit says nothing.
    (await commitIn(PACKAGE_ROOT, env, ({ root }) => resolve(root) === resolve(PACKAGE_ROOT))) ?? 'unknown'
  );
}

/** Program and commit as records of runs tell them. */
export async function codeOf(
  env: NodeJS.ProcessEnv,
): Promise<{ readonly version: string; readonly commit: string | null; readonly is_dirty: boolean | null }> {
  const [commit = 'unknown', dirty] = (await codeCommit(env)).split(' ');
  return { version: VERSION, commit: commit === 'unknown' ? null : commit, is_dirty: commit === 'unknown' ? null : dirty !== undefined };
}

/** The commit of a folder, `dirty` after it where files differ. Null where there is no repository, none that is wanted, or none that git can tell of. */
export async function commitIn(
  folder: string,
  env: NodeJS.ProcessEnv,
  isWanted: (repository: OpenRepository) => boolean = () => true,
): Promise<string | null> {
  try {
    const repository = await openRepository(folder, env);
    if (!isWanted(repository)) return null;
    const commit = await repository.head();
    return (await repository.changes()).length === 0 ? commit : `${commit} dirty`;
  } catch {
    return null;
  }
}
