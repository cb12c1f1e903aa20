import { normalizeText } from '../../shared/text.ts';
import { plainMarks } from '../plain-marks.ts';
import { findNamed, type NamedThing } from './find-named.ts';
import { numbersIn, otherForms } from './numbers.ts';

/** What an answer was given, in the forms in which things are looked for. */
export interface Sources {
  /** What they name, read as an answer is read. */
  readonly named: ReadonlySet<string>;
  readonly plain: string;
  /** With the slashes of paths everywhere forward. */
  readonly slashed: string;
  /** Lower case, white space as one space, without the marks of code and emphasis. */
  readonly folded: string;
  readonly values: ReadonlySet<string>;
  readonly quantities: ReadonlySet<string>;
}

/** Reads texts once for all that is looked for in them. */
export function readSources(texts: readonly string[]): Sources {
  const plain = plainMarks(texts.join('\n\n'));
  const numbers = numbersIn(plain);
  const others = numbers.map(otherForms);
  return {
    named: new Set(texts.flatMap(findNamed).map(nameOf)),
    plain,
    slashed: slashed(plain),
    folded: foldQuote(plain),
    values: new Set([...numbers.map(({ value }) => value), ...others.flatMap(({ values }) => values)]),
    quantities: new Set([...numbers.flatMap(({ quantity }) => quantity ?? []), ...others.flatMap(({ quantities }) => quantities)]),
  };
}

/**
 * True when a thing occurs in the sources. Names and paths with their capitals and as a whole, a path also as the end or the beginning of a longer one;
 * a commit also by its beginning; an address whatever the capitals of its host; a quotation whatever its capitals and line breaks; a number by its
 * value, and where it has a unit by the same quantity, however either is written.
 */
export function occursIn(sources: Sources, thing: NamedThing): boolean {
  return sources.named.has(nameOf(thing)) || isFound(sources, thing);
}

function nameOf({ kind, text, number }: NamedThing): string {
  return `${kind} ${plainMarks(text)} ${number?.quantity ?? ''}`;
}

function isFound(sources: Sources, { kind, text, number }: NamedThing): boolean {
  switch (kind) {
    case 'number':
      return number!.quantity === null ? sources.values.has(number!.value) : sources.quantities.has(number!.quantity);
    case 'commit':
      return new RegExp(`(?<![0-9a-z_])${text}[0-9a-f]*(?![0-9a-z_])`, 'i').test(sources.plain);
    case 'url':
      return holdsWhole(foldHosts(sources.plain), foldHosts(plainMarks(text)).replace(/\/+$/, ''), /[\w-]/, /[\w%=&+-]|\.(?=\w)/);
    case 'path':
      return holdsPath(sources, slashed(plainMarks(text)).replace(/^(?:\.\/)+(?=.)/, ''));
    case 'identifier':
      return holdsWhole(sources.plain, identifierOf(plainMarks(text)), /\w|(?<=\w)-/, /\w|-(?=\w)/);
    case 'quote':
      return foldQuote(plainMarks(text))
        .split(/\s*(?:\.{3}|…)\s*/)
        .map((part) => part.replace(/[.,;:!?]+$/, ''))
        .every((part) => part === '' || holdsWhole(sources.folded, part, /\w/, /\w/));
  }
}

/** Without the parentheses of a call and the signs with which a shell refers to a variable. */
function identifierOf(text: string): string {
  return text.replace(/(?<=\w)\([^()]*\)$/, '').replace(/^\$\{?(\w+)\}?$/, '$1');
}

function slashed(text: string): string {
  return text.replace(/\\+/g, '/');
}

function holdsPath(sources: Sources, path: string): boolean {
  const holds = (part: string): boolean => holdsWhole(sources.slashed, part.replace(/\/+$/, ''), /\w|(?<=\w)[.-]/, /\w|[.-](?=\w)/);
  if (holds(path)) return true;
  // Lines of a file are often told in words beside its name.
  const [, file, lines] = /^(.*?)(?::|#L)(\d[\d:L-]*)$/.exec(path) ?? [];
  return (
    file !== undefined && file !== '' && holds(file) && lines!.match(/\d+/g)!.every((line) => sources.values.has(String(Number(line))))
  );
}

/** True when the text stands there with nothing beside it that would make it a part of something else. */
function holdsWhole(source: string, text: string, left: RegExp, right: RegExp): boolean {
  if (text === '') return false;
  const [isOpen, isEnd] = [new RegExp(`(?:${left.source})$`, 'u'), new RegExp(`^(?:${right.source})`, 'u')];
  const [mindsLeft, mindsRight] = [/^\w/.test(text), /\w$/.test(text)];
  for (let at = source.indexOf(text); at >= 0; at = source.indexOf(text, at + 1)) {
    const end = at + text.length;
    const isFree =
      (!mindsLeft || !isOpen.test(source.slice(Math.max(0, at - 2), at))) && (!mindsRight || !isEnd.test(source.slice(end, end + 2)));
    if (isFree) return true;
  }
  return false;
}

function foldQuote(text: string): string {
  return normalizeText(text.replace(/[`*]/g, '')).toLowerCase();
}

function foldHosts(text: string): string {
  return text.replace(/\b(?:[a-z][a-z\d+.-]*:\/\/|www\.)[^\s/?#]+/gi, (start) => start.toLowerCase());
}
