/** A text as a reader understands it however it is disguised, and where each of its characters stood. */
export interface LegibleCopy {
  /** NFKC, without characters that nobody sees; white space as one space, letters that were spaced out put together. */
  readonly text: string;
  /** True when spaced-out letters were put together between these places of the copy. */
  holdsJoined(from: number, to: number): boolean;
  /** The stretch of the original that these places of the copy were made of, from its first to behind its last character. */
  originOf(from: number, to: number): { readonly start: number; readonly end: number };
}

/** Makes such a copy. */
export function copyLegibly(original: string): LegibleCopy {
  const spaced = collapse(original);
  const { text, starts, ends, joined } = joinLetters(spaced);
  return {
    text,
    holdsJoined: (from, to) => joined.slice(from, to).includes(true),
    originOf: (from, to) => ({ start: starts[from] ?? original.length, end: ends[to - 1] ?? original.length }),
  };
}

/** Zero-width and bidirectional characters, soft hyphens, fillers, variation selectors. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
/** Stands for several white space characters or the end of a line while letters are put together: words end there. */
const WIDE_GAP = '\n';

interface PlacedText {
  readonly text: string;
  /** Where each UTF-16 unit of the text began and ended in the original. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function collapse(original: string): PlacedText {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const isAscii = character < '\u0080';
    if (isAscii || !UNSEEN.test(character)) {
      for (const unit of (isAscii ? character : character.normalize('NFKC')).split('')) {
        const isSpace = /\s/.test(unit);
        const last = units.length - 1;
        if (isSpace && (units[last] === ' ' || units[last] === WIDE_GAP)) {
          units[last] = WIDE_GAP;
          ends[last] = end;
        } else {
          units.push(isSpace && /[\n\r\u2028\u2029]/.test(unit) ? WIDE_GAP : isSpace ? ' ' : unit);
          starts.push(at);
          ends.push(end);
        }
      }
    }
    at = end;
  }
  return { text: units.join(''), starts, ends };
}

/** Letters that stand alone, one space between them. */
const SPACED_OUT = /(?<![\p{L}\p{N}\p{M}_])\p{L}(?: \p{L}(?![\p{L}\p{N}\p{M}_]))+/gu;

function joinLetters({ text, starts, ends }: PlacedText): PlacedText & { readonly joined: readonly boolean[] } {
  // Nearly every text: nothing moves, so nothing need be copied character by character.
  if (text.search(SPACED_OUT) < 0) return { text: text.replaceAll(WIDE_GAP, ' '), starts, ends, joined: [] };
  const units: string[] = [];
  const placed = { starts: [] as number[], ends: [] as number[], joined: [] as boolean[] };
  const take = (from: number, to: number, isJoined: boolean): void => {
    for (let at = from; at < to; at += 1) {
      if (isJoined && text[at] === ' ') continue;
      units.push(text[at] === WIDE_GAP ? ' ' : text[at]!);
      placed.starts.push(starts[at]!);
      placed.ends.push(ends[at]!);
      placed.joined.push(isJoined);
    }
  };
  let done = 0;
  for (const { 0: letters, index } of text.matchAll(SPACED_OUT)) {
    take(done, index, false);
    done = index + letters.length;
    take(index, done, true);
  }
  take(done, text.length, false);
  return { text: units.join(''), ...placed };
}
