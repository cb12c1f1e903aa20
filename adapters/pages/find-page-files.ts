import { existsSync, readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';
import type { PageRefused } from './reading.ts';

/** A file that may hold pages. */
export interface PageFile {
  readonly file: string;
  /** As {@link PageRefused.path}. */
  readonly path: string;
  readonly sizeBytes: number;
  /** True when the user named this very file. */
  readonly isNamed: boolean;
}

/** The real paths that a walk stays inside of, and those that it does not enter. */
interface Bounds {
  readonly root: string;
  readonly except: readonly string[];
}

/** The pages of a collection in BEIR form; what lies beside it are queries and judgements. */
const BEIR_CORPUS = 'corpus.jsonl';

/**
 * The file, or the files of the folder in the order of their paths. Names that begin with a dot and `node_modules` are passed over; of a folder with a
 * `corpus.jsonl` only that file is taken. Links that lead out of the folder, or to a folder, and names that begin with `_` are refused.
 * Folders of `except` are passed over unless one of them is named itself. Throws UsageError for a path that leads nowhere.
 */
export function* findPageFiles(from: string, except: readonly string[] = []): Iterable<PageFile | PageRefused> {
  const found = statSync(from, { throwIfNoEntry: false });
  if (found?.isFile() === true) yield { file: from, path: basename(from), sizeBytes: found.size, isNamed: true };
  else if (found?.isDirectory() === true)
    yield* filesBelow(from, '', {
      root: realpathSync(from),
      except: except.filter((folder) => existsSync(folder)).map((folder) => realpathSync(folder)),
    });
  else
    throw new UsageError(
      `looking for pages, on ${from}: expected a file or a folder, found ${found === undefined ? 'nothing' : 'something else'}.`,
      'Name a folder of Markdown or JSON pages, a corpus.jsonl or a file of pages with --from PATH.',
      { flag: '--from', value: from },
    );
}

function* filesBelow(folder: string, below: string, bounds: Bounds): Iterable<PageFile | PageRefused> {
  const entries = entriesOf(folder);
  if (typeof entries === 'string') {
    yield { path: below === '' ? basename(folder) : below.slice(0, -1), reason: `expected a folder that can be read, found ${entries}` };
    return;
  }
  const corpus = entries.find((entry) => entry.name === BEIR_CORPUS && entry.isFile());
  for (const entry of corpus === undefined ? entries : [corpus]) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const [file, path] = [join(folder, entry.name), `${below}${entry.name}`];
    if (!entry.isDirectory() || entry.name.startsWith('_')) yield fileOf(entry, { file, path, root: bounds.root });
    else if (!bounds.except.includes(realpathSync(file))) yield* filesBelow(file, `${path}/`, bounds);
  }
}

/** What is in a folder by name; the system's code for a folder that cannot be read. */
function entriesOf(folder: string): Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

function fileOf(entry: Dirent, { file, path, root }: { readonly file: string; readonly path: string; readonly root: string }) {
  if (entry.name.startsWith('_')) return { path, reason: 'a name that begins with _ stands for no page' };
  if (entry.isSymbolicLink()) {
    const fault = faultOfLink(file, root);
    if (fault !== undefined) return { path, reason: fault };
  } else if (!entry.isFile()) return { path, reason: 'expected a file, found something else' };
  // A file that has gone since is told when it is opened.
  return { file, path, sizeBytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0, isNamed: false };
}

/** A linked file inside its folder is read where it lies; a linked folder is not entered, so that a loop cannot be. */
function faultOfLink(file: string, root: string): string | undefined {
  if (!existsSync(file)) return 'a link that leads nowhere';
  const target = realpathSync(file);
  if (target !== root && !target.startsWith(root + sep)) return 'a link that leads out of its folder';
  return statSync(target).isFile() ? undefined : 'a link to something that is no file';
}
