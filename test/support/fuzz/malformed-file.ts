import { createRandom, deriveSeed, type Random } from '../../../domain/shared/random.ts';
import type { AdapterName } from '../../../schemas/vocabulary.ts';
import { BYTE_CHANGES } from './change-bytes.ts';
import { TEXT_CHANGES } from './change-text.ts';
import { VALUE_CHANGES } from './change-values.ts';
import { parseTree, writeTree, type Tree } from './json-tree.ts';
import { packLog, PACKINGS } from './pack-files.ts';
import type { SeedFile } from './seed-files.ts';

/** A file that was valid once. */
export interface MalformedFile {
  readonly seed: SeedFile;
  readonly bytes: Uint8Array;
  /** What was done to it, in order. */
  readonly changes: readonly string[];
  /** Records over this many bytes are too large. */
  readonly maxRecordBytes: number;
}

type Changes<T> = Readonly<Record<string, (value: T, random: Random) => T>>;

/** The malformed file of that number; the same for the same seed files, seed and number. */
export function malformedFile(seeds: ReadonlyMap<AdapterName, readonly SeedFile[]>, seed: number, number: number): MalformedFile {
  const random = createRandom(deriveSeed(seed, `file ${number}`));
  const adapters = [...seeds.keys()];
  const files = seeds.get(adapters[number % adapters.length]!)!;
  const [file, donor] = [random.pick(files), random.pick(files)];
  const changes: string[] = [];
  const apply = <T>(value: T, all: Changes<T>): T => {
    const name = random.pick(Object.keys(all));
    changes.push(name);
    return all[name]!(value, random);
  };
  return {
    seed: file,
    bytes: changedBytes(file, donor, random, apply),
    changes,
    maxRecordBytes: random.pick([2_000, 60_000, 1 << 20, 1 << 20]),
  };
}

type Apply = <T>(value: T, all: Changes<T>) => T;

/** Most changes are of values, since those get furthest; then of text, of bytes and of the archive around them. */
function changedBytes(file: SeedFile, donor: SeedFile, random: Random, apply: Apply): Uint8Array {
  if (file.isArchive) return apply(file.bytes, BYTE_CHANGES);
  let text = Buffer.from(file.bytes).toString('utf8');
  const kind = random.int(20);
  if (kind < 15) text = changedValues(text, treeIn(donor), random, apply);
  if (kind >= 13 && kind < 18) text = apply(text, TEXT_CHANGES);
  if (file.adapter === 'inspect' && file.layout === 'log' && random.int(2) === 0) return packLog(text, random);
  const bytes = Buffer.from(text);
  if (kind === 18) return apply<Uint8Array>(bytes, BYTE_CHANGES);
  if (kind === 19) return apply<Uint8Array>(bytes, PACKINGS);
  return bytes;
}

function changedValues(text: string, donor: Tree, random: Random, apply: Apply): string {
  const all: Changes<Tree> = Object.fromEntries(
    Object.entries(VALUE_CHANGES).map(([name, change]) => [name, (tree: Tree) => change(tree, random, donor)]),
  );
  const changeTree = (tree: Tree): Tree => {
    let changed = tree;
    for (let left = 1 + random.int(4); left > 0; left -= 1) changed = apply(changed, all);
    return changed;
  };
  const whole = parseTree(text);
  if (whole !== undefined) return writeTree(changeTree(whole));
  // The lines together are one list, so that lines are dropped, repeated and shuffled like any other records.
  const lines = changeTree(linesIn(text));
  return Array.isArray(lines) ? `${lines.map(writeTree).join('\n')}\n` : writeTree(lines);
}

function linesIn(text: string): Tree[] {
  return text.split('\n').flatMap((line) => (parseTree(line) === undefined ? [] : [parseTree(line) as Tree]));
}

function treeIn(file: SeedFile): Tree {
  const text = file.isArchive ? '[]' : Buffer.from(file.bytes).toString('utf8');
  return parseTree(text) ?? linesIn(text);
}
