import { resolve } from 'node:path';
import { openRepository } from '../adapters/git/repository.ts';
import { PACKAGE_ROOT } from './version.ts';

/** The commit that this program was built from, `dirty` after it where files differ; `unknown` outside of a clone. */
export async function codeCommit(env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const repository = await openRepository(PACKAGE_ROOT, env);
    // An installed copy may lie in somebody else's repository, whose commit says nothing.
    if (resolve(repository.root) !== resolve(PACKAGE_ROOT)) return 'unknown';
    const commit = await repository.head();
    return (await repository.changes()).length === 0 ? commit : `${commit} dirty`;
  } catch {
    return 'unknown';
  }
}
