import { basename, dirname, extname, join, relative, sep } from 'node:path';
import type { DetectedFile } from '../../adapters/sources/detect.ts';
import type { SourceConfig } from '../../schemas/config.ts';
import type { AdapterName } from '../../schemas/vocabulary.ts';

/** A source as it is proposed for the config. */
export type ProposedSource = Pick<SourceConfig, 'name' | 'paths'> & { readonly adapter: AdapterName };

type SourceFile = Extract<DetectedFile, { kind: 'source' }>;

/** A folder that was named, or the folder of files that were, with what was found in it. */
export interface LookedAt {
  readonly folder: string;
  /** False when only some of its files were named: others in it are none of our business. */
  readonly isWhole: boolean;
  readonly files: readonly DetectedFile[];
}

export interface ProposalFrame {
  /** Folder that paths of the config start from. */
  readonly base: string;
  /** Folder that Lauter writes to; a source must not cover it as a whole. */
  readonly workspace: string;
  readonly takenNames: readonly string[];
}

/** One source for each format in each folder. Its paths cover every file of that format and no other candidate; whole folders where possible, so that files to come are covered too. */
export function proposeSources(places: readonly LookedAt[], frame: ProposalFrame): ProposedSource[] {
  const taken = new Set(frame.takenNames);
  return places.flatMap((place) => {
    const own = place.files.filter((file): file is SourceFile => file.kind === 'source');
    const adapters = [...new Set(own.map((file) => file.adapter))].sort();
    return adapters.map((adapter) => {
      const files = own.filter((file) => file.adapter === adapter).map((file) => file.path);
      const paths = place.isWhole ? coverFolder(place.folder, files, otherPaths(place, adapter), frame.workspace) : files;
      const stem = nameOf(place.folder, adapter);
      const name = freeName(adapters.length === 1 ? stem : `${stem}/${adapter}`, taken);
      return { name, adapter, paths: [...paths].sort().map((path) => posixFrom(frame.base, path)) };
    });
  });
}

/** Candidates that a source of this format must not cover. A companion of another format counts: this one would not know it. */
function otherPaths({ files }: LookedAt, adapter: AdapterName): string[] {
  return files
    .filter((file) => !(file.kind === 'source' && file.adapter === adapter) && !isHarmless(file, adapter))
    .map((file) => file.path);
}

function isHarmless(file: DetectedFile, adapter: AdapterName): boolean {
  return file.kind === 'ignored' && (file.companionOf === undefined || file.companionOf === adapter);
}

/** The folder itself; else its subfolders, patterns of one extension, or single files. */
function coverFolder(folder: string, files: readonly string[], others: readonly string[], workspace: string): string[] {
  const holdsWorkspace = isInside(workspace, folder);
  if (!holdsWorkspace && !others.some((path) => isInside(path, folder))) return [folder];
  const direct = files.filter((path) => dirname(path) === folder);
  const folders = new Set(
    files.filter((path) => dirname(path) !== folder).map((path) => join(folder, relative(folder, path).split(sep)[0]!)),
  );
  const below = [...folders].flatMap((child) =>
    coverFolder(
      child,
      files.filter((path) => isInside(path, child)),
      others,
      workspace,
    ),
  );
  return [...below, ...coverDirect(folder, direct, others, holdsWorkspace)];
}

function coverDirect(folder: string, files: readonly string[], others: readonly string[], holdsWorkspace: boolean): string[] {
  // The workspace's own files are JSON, and a pattern must not read a name as one.
  if (holdsWorkspace || /[*?[\]{}()!+@\\]/.test(folder)) return [...files];
  const extensions = new Set(files.map((path) => extname(path)));
  return [...extensions].flatMap((extension) => {
    const same = files.filter((path) => extname(path) === extension);
    const isAlone = extension !== '' && !others.some((path) => dirname(path) === folder && extname(path) === extension);
    return isAlone && same.length > 1 ? [join(folder, `*${extension}`)] : same;
  });
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A name that the config allows. */
function nameOf(folder: string, adapter: AdapterName): string {
  const name = basename(folder)
    .replace(/[^\w .:-]+/g, '-')
    .replace(/^\W+|\W+$/g, '');
  return name === '' ? adapter : name;
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
  taken.add(name);
  return name;
}

function posixFrom(base: string, path: string): string {
  const near = relative(base, path).split(sep).join('/');
  return near === '' ? '.' : near;
}
