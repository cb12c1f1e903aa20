import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { SourceError } from '../../domain/shared/errors.ts';

/** A file that may hold traces. */
export interface FoundFile {
  /** Absolute path. */
  readonly path: string;
  /** As it is recorded: the user's own spelling of the path, with `/`. */
  readonly sourceFile: string;
  /** Path below the folder that was named, with `/`; the file's own name where a file was named. */
  readonly name: string;
  /** True when the user named this very file. */
  readonly explicit: boolean;
}

export interface Walked {
  readonly files: readonly FoundFile[];
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
}

/** Folders that hold a tool's own state, never traces. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/**
 * The files a path, folder or glob stands for, in a stable order. Links that lead out of a named folder are listed as ignored.
 * Throws SourceError for a path that does not exist, an empty folder, and a glob without a match.
 */
export function walkPath(spec: string, base: string): Walked {
  const path = resolve(base, spec);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() === true) return { files: [{ path, sourceFile: posix(spec), name: basename(path), explicit: true }], ignored: [] };
  if (stat?.isDirectory() === true) return walkFolder(path, spec);
  if (isDynamicPattern(spec)) return walkGlob(spec, base);
  throw new SourceError(
    `reading sources: expected a file, folder or glob at ${spec}, found nothing.${nearest(path)}`,
    'Name a path that exists.',
  );
}

function walkFolder(root: string, spec: string): Walked {
  const files: FoundFile[] = [];
  const ignored: { file: string; reason: string }[] = [];
  const realRoot = realpathSync(root);
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      const name = posix(relative(root, path));
      const sourceFile = posix(join(spec, name));
      const fault = entry.isSymbolicLink() ? faultOfLink(path, realRoot) : undefined;
      if (fault !== undefined) ignored.push({ file: sourceFile, reason: fault });
      else if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) visit(path);
      } else if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) files.push({ path, sourceFile, name, explicit: false });
    }
  };
  visit(root);
  if (files.length === 0)
    throw new SourceError(`reading sources: expected files in ${spec}, found an empty folder.`, 'Name a folder that holds traces.');
  return { files, ignored };
}

/** A linked file inside its folder is read where it lies; a linked folder is not followed, so that a loop cannot be entered. */
function faultOfLink(path: string, realRoot: string): string | undefined {
  if (!existsSync(path)) return 'a link that leads nowhere';
  const target = realpathSync(path);
  if (target !== realRoot && !target.startsWith(realRoot + sep)) return 'a link that leads out of its folder';
  return statSync(target).isFile() ? undefined : 'a link to a folder';
}

function walkGlob(spec: string, base: string): Walked {
  const matches = globSync(posix(spec), { cwd: base, absolute: true, dot: true, followSymbolicLinks: false, onlyFiles: true }).sort();
  if (matches.length === 0)
    throw new SourceError(
      `reading sources: expected files that match ${spec}, found none.`,
      'Check the pattern; quote it so that the shell does not expand it.',
    );
  const files = matches.map((path) => ({
    path,
    sourceFile: posix(isAbsolute(spec) ? path : relative(base, path)),
    name: posix(relative(base, path)),
    explicit: false,
  }));
  return { files, ignored: [] };
}

function nearest(path: string): string {
  try {
    const folder = resolve(path, '..');
    const names = readdirSync(folder);
    const wanted = basename(path).toLowerCase();
    const close = names.find((name) => name.toLowerCase().startsWith(wanted.slice(0, 4)) || wanted.includes(name.toLowerCase()));
    return close === undefined ? '' : ` Did you mean ${close}?`;
  } catch {
    return '';
  }
}

function posix(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
