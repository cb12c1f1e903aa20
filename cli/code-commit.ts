import type { Config } from '../schemas/config.ts';
import type { Io } from './io.ts';
import { codeCommit, commitIn } from '../worker/inputs/code-commit.ts';

export { codeCommit };

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
