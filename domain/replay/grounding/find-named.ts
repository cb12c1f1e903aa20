import type { GroundingKind } from '../../../schemas/vocabulary.ts';
import { plainMarks } from '../plain-marks.ts';
import { classifyName } from './classify-name.ts';
import { numbersIn, type StatedNumber } from './numbers.ts';

/** Something that an answer names, and where. */
export interface NamedThing {
  readonly kind: Exclude<GroundingKind, 'claim'>;
  /** As it stands in the answer, without quotation marks. */
  readonly text: string;
  readonly at: number;
  /** Of a number. */
  readonly number?: StatedNumber;
}

/**
 * The paths, identifiers, numbers, commits, addresses and quotations of an answer, in their order. What stands in a quotation is part of it; the
 * arguments of a call are named for themselves. Numbers that only count or order are left out.
 */
export function findNamed(answer: string): NamedThing[] {
  const found: NamedThing[] = [];
  let rest = blank(plainMarks(answer), FENCE_LINE);
  let taken: Stretch[] = [];
  const take = (at: number, to: number, kind: NamedThing['kind'] | undefined, from = at, end = to): void => {
    if (kind !== undefined) found.push({ kind, text: answer.slice(from, end), at: from });
    taken.push([at, to]);
  };
  const hideTaken = (): void => {
    rest = hide(rest, taken);
    taken = [];
  };
  for (const { index, 0: whole, 1: inner = '' } of rest.matchAll(CODE)) {
    const [from, end] = trimmedPlace(inner, index + whole.indexOf(inner));
    const called = CALL.exec(answer.slice(from, end))?.[1];
    if (called !== undefined) {
      take(index, from + called.length, 'identifier', from);
      take(end, index + whole.length, undefined);
      // Numbers stay for the rule of numbers, which knows units.
    } else if (end > from && !IS_NUMBER.test(inner.trim())) take(index, index + whole.length, kindOfCode(inner.trim()), from, end);
  }
  hideTaken();
  for (const pattern of [DOUBLE_QUOTED, SINGLE_QUOTED]) {
    for (const { index, 0: whole, 1: inner = '' } of rest.matchAll(pattern)) {
      if (inner.includes(HIDDEN) && !/[\p{L}\p{N}]/u.test(inner)) continue;
      const [from, end] = trimmedPlace(inner, index + 1);
      take(index, index + whole.length, kindOfMarked(inner.trim()) ?? 'quote', from, end);
    }
    hideTaken();
  }
  for (const { index, 0: whole } of rest.matchAll(ADDRESS)) {
    const address = withoutClosers(withoutParenthesis(whole));
    take(index, index + address.length, 'url');
  }
  hideTaken();
  let before = '';
  for (const { index, 0: raw } of rest.matchAll(WORD)) {
    for (const { word, at, isCalled } of wordsWithin(raw, index).flatMap(callAndArguments)) {
      const kind = isCalled ? 'identifier' : classifyName(word, before);
      before = word;
      if (kind !== undefined) take(at, at + word.length, kind);
    }
  }
  hideTaken();
  for (const number of numbersIn(rest, plainMarks(answer))) {
    if (!number.isCounting)
      found.push({ kind: 'number', text: answer.slice(number.at, number.at + number.text.length).trim(), at: number.at, number });
  }
  return found.sort((left, right) => left.at - right.at);
}

/** Stands for what is found already: part of no word. */
const HIDDEN = '\u0001';
const FENCE_LINE = /^[ \t]*(?:```|~~~)[^\n]*$/gm;
const CODE = /(?<!`)`{1,2}([^`\n]+)`{1,2}(?!`)/g;
const DOUBLE_QUOTED = /(?<![\p{L}\p{N}])"([^"\n]{1,400})"(?![\p{L}\p{N}])/gu;
const SINGLE_QUOTED =
  /(?<![\p{L}\p{N}'])'(?=[^\s'])([^'\n]{2,400}?(?:(?<=\p{L})'(?=\p{Ll}\p{Ll}?\b)[^'\n]{1,200}?)*)(?<=\S)'(?![\p{L}\p{N}])/gu;
const ADDRESS = new RegExp(`(?<![a-z\\d+.-])[a-z][a-z\\d+.-]*://[^\\s<>"'\`|${HIDDEN}]+`, 'gi');
const IS_NUMBER = /^[$€£¥]?-?[\d.,]+ ?[\p{L}%°µ]*$/u;
const WORD = new RegExp(`[^\\s${HIDDEN}]+`, 'g');

/** From a place in a text to another one behind it. */
type Stretch = readonly [at: number, to: number];

/** The text with these stretches hidden, which ascend and do not overlap. */
function hide(text: string, stretches: readonly Stretch[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const [at, to] of stretches) {
    parts.push(text.slice(end, at), HIDDEN.repeat(to - at));
    end = to;
  }
  return parts.join('') + text.slice(end);
}

function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => HIDDEN.repeat(found.length));
}

function trimmedPlace(inner: string, at: number): [from: number, end: number] {
  const from = at + inner.length - inner.trimStart().length;
  return [from, from + inner.trim().length];
}

/** Up to the parenthesis that was opened in front of an address, as in a link of Markdown. */
function withoutParenthesis(address: string): string {
  let open = 0;
  for (const [at, sign] of Array.from(address, (sign, at) => [at, sign] as const)) {
    if (sign === '(') open += 1;
    else if (sign === ')' && --open < 0) return address.slice(0, at);
  }
  return address;
}

/** A call whose parentheses hold something, and no ending such as that of word(s). */
const CALL = /^(\.?[\p{L}_][\w.:]*)\((?!(?:e?s|er|ing)\))[^()]+\)$/u;

/** What is called, and the words of its arguments. */
function callAndArguments([word, at]: [word: string, at: number]): { word: string; at: number; isCalled: boolean }[] {
  const called = CALL.exec(word)?.[1];
  if (called === undefined) return [{ word, at, isCalled: false }];
  const inside = wordsWithin(word.slice(called.length), at + called.length);
  return [{ word: called, at, isCalled: true }, ...inside.map(([own, place]) => ({ word: own, at: place, isCalled: false }))];
}

/** One word in code is a name, whatever it looks like. */
function kindOfCode(code: string): NamedThing['kind'] {
  return kindOfMarked(code) ?? 'identifier';
}

/** Several words between marks are a quotation, be one of them a path. */
function kindOfMarked(text: string): NamedThing['kind'] | undefined {
  return /\s/.test(text) ? 'quote' : classifyName(text, '');
}

const OPENERS = /^(?:[([{<*"'#>|,;:!?=+]|~(?!\/)|_(?=\p{L}.*_\W*$))+/u;
const CLOSERS = new Set('])}>([{<*"\'|,;:!?=.');

/** The words of a stretch without white space: without the punctuation around them, parted at what joins words and no names. */
function wordsWithin(raw: string, index: number): [word: string, at: number][] {
  const opened = OPENERS.exec(raw)?.[0].length ?? 0;
  const inner = withoutClosers(raw.slice(opened));
  const at = index + opened;
  if (inner === '' || classifyName(inner, '') === 'url') return inner === '' ? [] : [[inner, at]];
  const parts = partsOf(inner);
  if (parts.length === 1) return [[inner, at]];
  let from = 0;
  return parts.flatMap((part) => {
    const place = inner.indexOf(part, from);
    from = place + part.length;
    return wordsWithin(part, at + place);
  });
}

function withoutClosers(text: string): string {
  let end = text.length;
  // One line behind a word ends an emphasis, two are part of a name.
  while (CLOSERS.has(text.charAt(end - 1)) || (text.charAt(end - 1) === '_' && text.charAt(end - 2) !== '_')) end -= 1;
  const closed = text.slice(0, end);
  // The parentheses of a call belong to it, as does what was opened inside.
  const call = /^[\p{L}_][\w.:]*\([^()]*\)/u.exec(text)?.[0];
  if (call !== undefined && call.length >= closed.length) return call;
  return closed;
}

/** `key=value`, `a,b`, `(a)b` and words joined by a slash or colon that name no path. */
function partsOf(inner: string): string[] {
  if (/^[\p{L}_][\w.:]*\([^()]*\)$/u.test(inner)) return [inner];
  const joined = /[=,;()[\]{}<>"|]|(?<!:):(?![:\d/\\])/.test(inner) ? inner.split(/[=,;()[\]{}<>"|]+|(?<!:):(?![:\d/\\])/) : [inner];
  const split = joined.length > 1 ? joined : classifyName(inner, '') === 'path' ? [inner] : inner.split('/');
  return split.filter((part) => part !== '');
}
