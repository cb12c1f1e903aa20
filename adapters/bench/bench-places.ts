import { join } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';

/** Folder of a frozen corpus. UsageError for a label that would lead out of the folder of all corpora. */
export function corpusFolder(workspace: string, version: string): string {
  return join(workspace, 'lake', 'bench', 'corpora', requireLabel(version, '--corpus-version', 'corpus-v2'));
}

/** Folder of the fixtures that go by a label. */
export function qaFolder(workspace: string): string {
  return join(workspace, 'lake', 'bench', 'qa');
}

/** True for a name that can stand for a file or folder: it begins with a letter or digit and leads nowhere else. */
export function isLabel(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name);
}

/** The label itself. */
export function requireLabel(name: string, option: string, example: string): string {
  if (isLabel(name)) return name;
  throw new UsageError(
    `reading ${option}: expected a label of letters, digits, dots, hyphens and underscores that begins with a letter or digit, found ${JSON.stringify(name)}.`,
    `Name one like ${example}.`,
  );
}
