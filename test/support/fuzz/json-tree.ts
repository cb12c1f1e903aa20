/** JSON as hostile writers put it down: any text in the place of a value, and keys that stand several times. */
export type Tree = string | number | boolean | null | Verbatim | Entries | Tree[];

/** Text that is written as it stands, valid or not. */
export class Verbatim {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An object as the list of its entries, so that a key may stand twice and `__proto__` is a key like any other. */
export class Entries {
  readonly list: [key: string, value: Tree][];
  constructor(list: [key: string, value: Tree][]) {
    this.list = list;
  }
}

/** The tree of a JSON text; undefined when it is none. */
export function parseTree(text: string): Tree | undefined {
  try {
    return treeOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return value.map(treeOf);
  if (typeof value !== 'object' || value === null) return value as Tree;
  return new Entries(Object.entries(value).map(([key, item]) => [key, treeOf(item)]));
}

/** The text of a tree, with nothing made better on the way. */
export function writeTree(tree: Tree): string {
  if (tree instanceof Verbatim) return tree.text;
  if (Array.isArray(tree)) return `[${tree.map(writeTree).join(',')}]`;
  if (tree instanceof Entries) return `{${tree.list.map(([key, value]) => `${quote(key)}:${writeTree(value)}`).join(',')}}`;
  return typeof tree === 'string' ? quote(tree) : JSON.stringify(tree);
}

/** A copy that can be changed without changing the tree it was made of. */
export function copyTree(tree: Tree): Tree {
  if (Array.isArray(tree)) return tree.map(copyTree);
  if (tree instanceof Entries) return new Entries(tree.list.map(([key, value]) => [key, copyTree(value)]));
  return tree;
}

/** A place in a tree that holds a value. */
export interface Slot {
  readonly key: string | undefined;
  readonly holder: Tree[] | Entries;
  readonly index: number;
}

/** Every place below a tree, the tree itself excepted; no more than `most` of them. */
export function slotsOf(tree: Tree, most = 20_000): Slot[] {
  const slots: Slot[] = [];
  const visit = (holder: Tree): void => {
    if (Array.isArray(holder)) {
      for (let index = 0; index < holder.length && slots.length < most; index += 1) {
        slots.push({ key: undefined, holder, index });
        visit(holder[index]!);
      }
    } else if (holder instanceof Entries) {
      for (let index = 0; index < holder.list.length && slots.length < most; index += 1) {
        const [key, value] = holder.list[index]!;
        slots.push({ key, holder, index });
        visit(value);
      }
    }
  };
  visit(tree);
  return slots;
}

export function valueAt({ holder, index }: Slot): Tree {
  return Array.isArray(holder) ? holder[index]! : holder.list[index]![1];
}

export function putAt({ holder, index }: Slot, value: Tree): void {
  if (Array.isArray(holder)) holder[index] = value;
  else holder.list[index]![1] = value;
}

export function removeAt({ holder, index }: Slot): void {
  if (Array.isArray(holder)) holder.splice(index, 1);
  else holder.list.splice(index, 1);
}

/** As `JSON.stringify`, but half a surrogate pair stays what it is: the escape that a careless writer leaves. */
function quote(text: string): string {
  return JSON.stringify(text);
}
