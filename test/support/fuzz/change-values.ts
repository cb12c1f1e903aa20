import type { Random } from '../../../domain/shared/random.ts';
import { copyTree, Entries, putAt, removeAt, slotsOf, valueAt, Verbatim, writeTree, type Slot, type Tree } from './json-tree.ts';

/** A change to the values of a file; it may leave the tree as it is where it finds nothing to change. */
export type ValueChange = (tree: Tree, random: Random, donor: Tree) => Tree;

/** Texts that readers trip over. */
const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\u2028\u2029',
  '\u202egnp.exe',
  '\ufeff',
  'null',
  'NaN',
  '-1',
  '1e999',
  'C',
  'I',
  'true',
  '__proto__',
  'constructor',
  '/',
  '../..',
  '~1~0',
  '${jndi}',
  '[EMAIL_1]',
  'e\u0301',
  '\u{1f9ff}'.repeat(40),
  '٣٤٥',
  '2026-02-30T25:61:00Z',
  '-271821-04-20T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '2026-03-02',
  '0000-00-00',
  '99999999999999999999',
  '1970-01-01T00:00:00+99:99',
  '{"a":',
  '[[[[',
  '```',
  '<<<<<<< SEARCH',
  'data:image/png;base64,AAAA',
  'attachment://0',
  'tool',
  'assistant',
  'system',
  'user',
  'function',
  'developer',
];

/** Numbers, and what stands for numbers, written as no strict writer would. */
const ODD_NUMBERS = [
  '0',
  '-0',
  '-1',
  '0.5',
  '1',
  '2',
  '1e21',
  '-1e308',
  '1e400',
  '1E-999',
  '9007199254740993',
  '-9223372036854775809',
  '123456789012345678901234567890',
  'NaN',
  '-Infinity',
  '1772445600',
  '1772445600000',
  '1772445600000000000',
  '253402300800000',
  '8640000000000001',
  '01',
  '.5',
  '1.',
  '+1',
  '0x10',
  '1.0',
  '1e0',
];

const BROKEN_TEXTS = [
  '"\\ud800"',
  '"\\udc00 tide"',
  '"\\ud83e\\ud83e"',
  '"\\x41"',
  '"\\u12"',
  "'single'",
  '"tab\there"',
  'undefined',
  'True',
  '/* note */ 1',
  '"open',
];

const HOSTILE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'length',
  'then',
  'toJSON',
  '',
  '0',
  '-1',
  '\u0000',
  'é',
  '/',
  '~',
];

const LINK_KEY = /id$|uuid|parent|leaf|_?ref$|^(?:key|name|epoch|index|role|type|status|state|value|score|reward)$/i;

/** The changes by name. */
export const VALUE_CHANGES: Readonly<Record<string, ValueChange>> = {
  drop: atSlot((slot) => removeAt(slot)),
  duplicate: atSlot((slot, random) => {
    const copies = random.pick([1, 1, 2, 30]);
    if (Array.isArray(slot.holder)) slot.holder.splice(slot.index, 0, ...Array.from({ length: copies }, () => copyTree(valueAt(slot))));
    else slot.holder.list.push([slot.key ?? '', copyTree(valueAt(slot))]);
  }),
  'swap type': atSlot((slot, random) => putAt(slot, otherType(random))),
  'odd number': atSlot((slot, random) => putAt(slot, new Verbatim(random.pick(ODD_NUMBERS))), isNumber),
  'odd text': atSlot((slot, random) => putAt(slot, random.pick(ODD_TEXTS)), isText),
  'broken text': atSlot((slot, random) => putAt(slot, new Verbatim(random.pick(BROKEN_TEXTS))), isText),
  'long text': atSlot(
    (slot, random) => putAt(slot, random.pick(['x', '\\', '"', 'é', '@a.', '4242 ', '\n', ' ']).repeat(random.pick([300, 5_000, 40_000]))),
    isText,
  ),
  'spliced text': atSlot((slot, random, donor) => putAt(slot, spliced(valueAt(slot) as string, random, donor)), isText),
  nest: atSlot((slot, random) => putAt(slot, nested(valueAt(slot), random))),
  'text for a value': atSlot((slot) => putAt(slot, writeTree(valueAt(slot)))),
  graft: atSlot((slot, random, donor) => {
    const slots = slotsOf(donor);
    if (slots.length > 0) putAt(slot, copyTree(valueAt(random.pick(slots))));
  }),
  'swap places': (tree, random) => {
    const slots = slotsOf(tree);
    if (slots.length < 2) return tree;
    const [left, right] = [random.pick(slots), random.pick(slots)];
    const [first, second] = [copyTree(valueAt(left)), copyTree(valueAt(right))];
    putAt(left, second);
    putAt(right, first);
    return tree;
  },
  'rename key': atSlot(
    (slot, random) => {
      if (!Array.isArray(slot.holder)) slot.holder.list[slot.index]![0] = random.pick(HOSTILE_KEYS);
    },
    undefined,
    hasKey,
  ),
  'hostile key': atSlot(
    (slot, random) => {
      if (!Array.isArray(slot.holder)) slot.holder.list.push([random.pick(HOSTILE_KEYS), otherType(random)]);
    },
    undefined,
    hasKey,
  ),
  'same ids': (tree, random) => {
    const linked = slotsOf(tree).filter((slot) => slot.key !== undefined && LINK_KEY.test(slot.key));
    const texts = linked.filter((slot) => isText(valueAt(slot)));
    if (texts.length < 2) return tree;
    const chosen = copyTree(valueAt(random.pick(texts)));
    const share = random.pick([0.1, 0.5, 1]);
    const only = random.int(2) === 0 ? random.pick(texts).key : undefined;
    for (const slot of texts) if ((only === undefined || slot.key === only) && random.next() < share) putAt(slot, chosen);
    return tree;
  },
  'crossed ids': (tree, random) => {
    const linked = slotsOf(tree).filter((slot) => slot.key !== undefined && /id$|uuid|parent/i.test(slot.key));
    const values = random.shuffle(linked.map((slot) => copyTree(valueAt(slot))));
    for (const [index, slot] of linked.entries()) if (random.int(3) > 0) putAt(slot, values[index]!);
    return tree;
  },
  'shuffle a list': atList((list, random) => random.shuffle(list)),
  'reverse a list': atList((list) => list.toReversed()),
  'empty a list': atList(() => []),
  'very many of one': (tree, random) => {
    const inner = slotsOf(tree).filter((slot) => isList(valueAt(slot)));
    if (inner.length === 0) return tree;
    const slot = random.pick(inner);
    const list = valueAt(slot) as Tree[];
    const scalar = list.find((item) => typeof item !== 'object' || item === null);
    const model = writeTree(scalar ?? random.pick([0, '', null, new Entries([])]));
    // A list of objects may be the records themselves: to refuse so many one by one takes longer than a hundred ordinary files.
    const copies = scalar !== undefined && random.int(4) === 0 ? VERY_MANY : 1_000;
    if (model.length <= 8) putAt(slot, new Verbatim(`${writeTree(list).slice(0, -1)}${`,${model}`.repeat(copies)}]`));
    return tree;
  },
  'many of one': atList((list, random) => {
    const model = random.pick(list);
    const bytes = writeTree(model).length + 1;
    const copies = Math.min(random.pick([50, 400, 3_000]), Math.ceil(120_000 / bytes));
    return [...list, ...Array.from({ length: copies }, (_, index) => withFreshIds(copyTree(model), `-${index}`))];
  }),
};

/** More than fit on the stack as arguments of one call. */
const VERY_MANY = 150_000;

function atSlot(
  change: (slot: Slot, random: Random, donor: Tree) => void,
  fits: (value: Tree) => boolean = () => true,
  holds: (slot: Slot) => boolean = () => true,
): ValueChange {
  return (tree, random, donor) => {
    const slots = slotsOf(tree).filter((slot) => fits(valueAt(slot)) && holds(slot));
    if (slots.length > 0) change(random.pick(slots), random, donor);
    return tree;
  };
}

function atList(change: (list: Tree[], random: Random) => Tree[]): ValueChange {
  return (tree, random) => {
    const inner = slotsOf(tree).filter((slot) => isList(valueAt(slot)));
    // The list of the records themselves is one of the most telling.
    if (isList(tree) && (inner.length === 0 || random.int(2) === 0)) return change(tree, random);
    if (inner.length === 0) return tree;
    const slot = random.pick(inner);
    putAt(slot, change(valueAt(slot) as Tree[], random));
    return tree;
  };
}

function isText(value: Tree): boolean {
  return typeof value === 'string';
}

function isNumber(value: Tree): boolean {
  return typeof value === 'number';
}

function isList(value: Tree): value is Tree[] {
  return Array.isArray(value) && value.length > 0;
}

function hasKey(slot: Slot): boolean {
  return slot.key !== undefined;
}

function otherType(random: Random): Tree {
  const kind = random.int(9);
  if (kind < 2) return new Verbatim(random.pick(ODD_NUMBERS));
  if (kind < 4) return random.pick(ODD_TEXTS);
  if (kind === 4) return random.pick([null, true, false]);
  if (kind === 5) return [];
  if (kind === 6) return new Entries([]);
  if (kind === 7) return [otherType(random), otherType(random)];
  return new Entries([[random.pick(HOSTILE_KEYS), otherType(random)]]);
}

/** Around the limit of 200 levels, and far beyond what a recursive reader survives. */
function nested(value: Tree, random: Random): Tree {
  const levels = random.pick([1, 2, 190, 198, 200, 201, 2_000, 60_000]);
  const [open, close] = random.int(2) === 0 ? ['[', ']'] : ['{"in":', '}'];
  return new Verbatim(open.repeat(levels) + writeTree(value) + close.repeat(levels));
}

function spliced(text: string, random: Random, donor: Tree): string {
  const others = slotsOf(donor, 2_000)
    .map(valueAt)
    .filter((value) => typeof value === 'string');
  const piece = others.length > 0 && random.int(2) === 0 ? random.pick(others) : random.pick(ODD_TEXTS);
  const at = random.int(text.length + 1);
  return text.slice(0, at) + piece + text.slice(at + random.pick([0, 0, 1, 20]));
}

/** As a writer would repeat a record: with ids of its own, and the same links. */
function withFreshIds(tree: Tree, suffix: string): Tree {
  for (const slot of slotsOf(tree, 200)) {
    const value = valueAt(slot);
    if (slot.key !== undefined && /^(?:id|uuid|spanId|span_id|_id)$/i.test(slot.key) && typeof value === 'string')
      putAt(slot, value + suffix);
  }
  return tree;
}
