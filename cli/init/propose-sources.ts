import { basename, dirname, relative, sep } from 'node:path';
import type { DetectedFile } from '../../adapters/sources/detect.ts';
import type { SourceConfig } from '../../schemas/config.ts';
import type { AdapterName } from '../../schemas/vocabulary.ts';
import { coverFiles } from './cover-files.ts';

/** A source as it is proposed for the config. */
export type ProposedSource = Pick<SourceConfig, 'name' | 'paths'> & { readonly adapter: AdapterName };

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

/** More folders than this become one source: nobody wants a hundred names. */
const MOST_FOLDERS = 12;

/** One source for each format and folder. Together they cover every file of a known format and no other candidate. */
export function proposeSources(places: readonly LookedAt[], frame: ProposalFrame): ProposedSource[] {
  const taken = new Set(frame.takenNames);
  return places.flatMap((place) => {
    const adapters = [...new Set(place.files.flatMap((file) => (file.kind === 'source' ? [file.adapter] : [])))].sort();
    return adapters.flatMap((adapter) => {
      const own = place.files.filter((file) => isOf(file, adapter)).map((file) => file.path);
      const others = place.files.filter((file) => !isOf(file, adapter) && !isHarmless(file, adapter)).map((file) => file.path);
      const covers = place.isWhole
        ? coverFiles(place.folder, { own, others, workspace: frame.workspace })
        : [{ folder: place.folder, paths: own }];
      const merged = covers.length > MOST_FOLDERS ? [{ folder: place.folder, paths: covers.flatMap(({ paths }) => paths) }] : covers;
      return merged.map(({ folder, paths }) => {
        const isShared = others.some((path) => dirname(path) === folder) || (folder === place.folder && adapters.length > 1);
        const name = freeName(isShared ? `${wordOf(folder, adapter)}/${adapter}` : wordOf(folder, adapter), taken);
        return { name, adapter, paths: [...paths].sort().map((path) => posixFrom(frame.base, path)) };
      });
    });
  });
}

function isOf(file: DetectedFile, adapter: AdapterName): boolean {
  return file.kind === 'source' && file.adapter === adapter;
}

/** A companion of another format is not: this one would not know it. */
function isHarmless(file: DetectedFile, adapter: AdapterName): boolean {
  return file.kind === 'ignored' && (file.companionOf === undefined || file.companionOf === adapter);
}

/** The folder's name, as far as the config allows it in a name. */
function wordOf(folder: string, adapter: AdapterName): string {
  const word = basename(folder)
    .replace(/[^\w .:-]+/g, '-')
    .replace(/^\W+|\W+$/g, '');
  return word === '' ? adapter : word;
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
