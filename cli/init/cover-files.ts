import { dirname, extname, join, relative, sep } from 'node:path';

export interface FilesToCover {
  /** Files of one format: every one of them is to be covered. */
  readonly own: readonly string[];
  /** Candidates that must not be. */
  readonly others: readonly string[];
  /** Folder that Lauter writes to; never covered as a whole. */
  readonly workspace: string;
}

/** Paths that cover files lying in one folder, or the folder itself. */
export interface Cover {
  readonly folder: string;
  readonly paths: readonly string[];
}

/**
 * Covers files by whole folders where nothing else lies in them, so that files to come are covered too; else by patterns of one extension, or one
 * by one.
 */
export function coverFiles(folder: string, { own, others, workspace }: FilesToCover): Cover[] {
  if (own.length === 0) return [];
  const holdsWorkspace = isInside(workspace, folder);
  if (!holdsWorkspace && !others.some((path) => isInside(path, folder))) return [{ folder, paths: [folder] }];
  const direct = coverDirect(
    folder,
    own.filter((path) => dirname(path) === folder),
    others,
    holdsWorkspace,
  );
  const children = new Set(
    own.filter((path) => dirname(path) !== folder).map((path) => join(folder, relative(folder, path).split(sep)[0]!)),
  );
  const below = [...children].flatMap((child) =>
    coverFiles(child, { own: own.filter((path) => isInside(path, child)), others, workspace }),
  );
  return direct.length === 0 ? below : [{ folder, paths: direct }, ...below];
}

function coverDirect(folder: string, files: readonly string[], others: readonly string[], holdsWorkspace: boolean): string[] {
  // The workspace's own files are JSON too; and no name of a folder must be taken for a pattern.
  if (holdsWorkspace || /[*?[\]{}()!+@\\]/.test(folder)) return [...files];
  return [...new Set(files.map((path) => extname(path)))].flatMap((extension) => {
    const same = files.filter((path) => extname(path) === extension);
    const isAlone = extension !== '' && !others.some((path) => dirname(path) === folder && extname(path) === extension);
    return isAlone && same.length > 1 ? [join(folder, `*${extension}`)] : same;
  });
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
