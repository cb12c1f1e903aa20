import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRepository, type OpenRepository } from '../../adapters/git/repository.ts';
import { LauterError } from '../../domain/shared/errors.ts';

/** Paths that changed since a commit, or why nobody can tell. */
export type ChangedFiles = { readonly paths: readonly string[] } | { readonly problem: string };

/** The repositories that hold the given folders, each once, and what git said where there is none. */
export async function repositoriesOf(
  folders: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ found: OpenRepository[]; problems: string[] }> {
  const opened = await Promise.all(folders.filter(existsSync).map((folder) => openOrSay(folder, env)));
  const found = opened.filter((one) => typeof one !== 'string');
  const distinct = found.filter(({ root }, at) => found.findIndex((other) => other.root === root) === at);
  return { found: distinct, problems: opened.filter((one) => typeof one === 'string') };
}

/** True for a clone of Lauter itself. */
export function isOurClone({ root }: OpenRepository): boolean {
  try {
    return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name?: unknown } | null)?.name === 'lauter';
  } catch {
    return false;
  }
}

/** What differs from a commit in the first of the repositories that knows it, committed or not. `recorded` is the commit as a record tells it. */
export async function changedFiles(repositories: readonly OpenRepository[], recorded: string | undefined): Promise<ChangedFiles> {
  const [commit = ''] = (recorded ?? '').split(' ');
  if (!/^[0-9a-f]{4,64}$/i.test(commit)) return { problem: 'the record does not say its commit' };
  try {
    for (const repository of repositories) {
      const known = await repository.commitOf(commit);
      if (known !== undefined) return { paths: await repository.changesSince(known) };
    }
    const places = repositories.map(({ root }) => root).join(' and ');
    return { problem: `commit ${commit.slice(0, SHORT)} is not in ${places}: a shallow clone, or another repository` };
  } catch (error) {
    if (error instanceof LauterError) return { problem: error.message };
    throw error;
  }
}

const SHORT = 12;

async function openOrSay(folder: string, env: NodeJS.ProcessEnv): Promise<OpenRepository | string> {
  try {
    return await openRepository(folder, env);
  } catch (error) {
    if (error instanceof LauterError) return error.message;
    throw error;
  }
}
