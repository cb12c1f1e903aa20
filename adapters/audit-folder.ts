import { join, resolve } from 'node:path';

/** Where calls that matter later are recorded: LAUTER_AUDIT_DIR, which may start from `cwd`, unless it is blank; else `audit` in a workspace. */
export function auditFolderOf(workspace: string, env: Readonly<Record<string, string | undefined>>, cwd: string): string {
  const named = env.LAUTER_AUDIT_DIR?.trim() ?? '';
  return named === '' ? join(workspace, 'audit') : resolve(cwd, named);
}
