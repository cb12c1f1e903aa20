import { resolve } from 'node:path';
import { openRepository, type OpenRepository } from '../adapters/git/repository.ts';
import type { Config } from '../schemas/config.ts';
import type { Io } from './io.ts';
import { PACKAGE_ROOT } from './version.ts';

/** The commit that this program was built from, `dirty` after it where files differ; `unknown` outside of a clone. */
export async function codeCommit(env: NodeJS.ProcessEnv): Promise<string> {
  return (
    // An installed copy may lie in somebody else's repository, whose commit says nothing.
    (await commitIn(PACKAGE_ROOT, env, ({ root }) => resolve(root) === resolve(PACKAGE_ROOT))) ?? 'unknown'
  );
}

/**
 * The commit of what is evaluated: where the config watches files, that of the repository we stand in, or that holds the workspace; else that of this
 * program.
 */
export async function evaluatedCommit(
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
  workspace: string,
  { eval: evaluation }: Config,
): Promise<string> {
  if (evaluation.drift_watch === undefined) return codeCommit(env);
  return (await commitIn(cwd, env)) ?? (await commitIn(workspace, env)) ?? 'unknown';
}

/** Null where there is no repository, none that is wanted, or none that git can tell of. */
async function commitIn(
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
