import { ConfigError } from '../shared/errors.ts';
import { scanWords } from '../shared/words.ts';
import { GramTableBuilder, type GramTable } from './gram-table.ts';
import { gramAt, Grams } from './grams.ts';
import type { DecontaminationSettings } from './settings.ts';
import { unwrapMarkup } from './unwrap-markup.ts';

/** A place in an evaluation set. */
export interface EvaluationItem {
  readonly set: string;
  /** File and line, or whatever names the item in its set. */
  readonly item: string;
}

/** What was made of one evaluation set. */
export interface SetCoverage {
  readonly set: string;
  /** Texts, equal ones counted once; `short` of them are found as a whole only, `too_short` of them are not looked for. */
  texts: number;
  short: number;
  too_short: number;
}

/** The evaluation texts in a form in which copies are found: plain data, to be handed to threads. */
export interface ContaminationIndex {
  readonly settings: DecontaminationSettings;
  /** The item of each text. */
  readonly items: readonly EvaluationItem[];
  readonly grams: GramTable;
  /** Short texts by their first `least_words` words; those that begin alike follow each other through `next`. */
  readonly short: { readonly starts: GramTable; readonly next: Int32Array; readonly lengths: Uint16Array; readonly prints: Uint32Array };
  readonly coverage: readonly SetCoverage[];
  /** Runs of words that count for nothing, because too many texts share them or because they were allowed. */
  readonly left_out: number;
}

const runs = new Grams();

/** Takes evaluation texts in, one after the other; the order decides only which item a run of words that several hold is reported under. */
export class ContaminationIndexBuilder {
  readonly #settings: DecontaminationSettings;
  readonly #items: EvaluationItem[] = [];
  readonly #coverage = new Map<string, SetCoverage>();
  readonly #seen = new Set<string>();
  readonly #grams = new GramTableBuilder();
  readonly #short: { text: number; length: number }[] = [];
  readonly #shortWords: Uint32Array[] = [];
  readonly #allowed: string[] = [];

  constructor(settings: DecontaminationSettings) {
    this.#settings = settings;
  }

  /** Adds a text of a set. One that was added to the set before, perhaps wrapped in another way, is the same text. */
  add({ set, item }: EvaluationItem, text: string): void {
    const coverage = this.#coverageOf(set);
    const scan = scanWords(unwrapMarkup(text));
    const print = `${set}\n${scan.printLow} ${scan.printHigh} ${scan.count}`;
    if (scan.count === 0 || this.#seen.has(print)) return;
    this.#seen.add(print);
    coverage.texts += 1;
    if (scan.count < this.#settings.least_words) {
      coverage.too_short += 1;
      return;
    }
    const number = this.#items.push({ set, item }) - 1;
    if (scan.count >= this.#settings.words_in_a_row) {
      const { low, high, count } = runs.fill(scan, this.#settings.words_in_a_row);
      for (let at = 0; at < count; at += 1) this.#grams.add(low[at]!, high[at]!, number);
    } else {
      coverage.short += 1;
      this.#short.push({ text: number, length: scan.count });
      this.#shortWords.push(scan.words.slice(0, scan.count));
    }
  }

  /** Allows a text, such as a licence header or a prompt that training and evaluation share: none of its runs of words counts. */
  allow(text: string): void {
    this.#allowed.push(text);
  }

  /** The index. Throws ConfigError for a set that has no text long enough to be looked for. */
  finish(): ContaminationIndex {
    for (const { set, texts, too_short: tooShort } of this.#coverage.values()) {
      if (texts === tooShort)
        throw new ConfigError(
          `reading evaluation set ${set}: expected texts of at least ${this.#settings.least_words} words, found ${texts === 0 ? 'no text' : `${texts} shorter ones`}.`,
          'Name the fields that hold the texts, or other files, under distill.decontamination.sets.',
          { set },
        );
    }
    const isAllowed = this.#forbidAllowed();
    const { table, leftOut } = this.#grams.finish(this.#settings.most_texts_sharing);
    return {
      settings: this.#settings,
      items: this.#items,
      grams: table,
      short: this.#indexShort(isAllowed),
      coverage: [...this.#coverage.values()],
      left_out: leftOut,
    };
  }

  #coverageOf(set: string): SetCoverage {
    const known = this.#coverage.get(set) ?? { set, texts: 0, short: 0, too_short: 0 };
    this.#coverage.set(set, known);
    return known;
  }

  /** Takes the runs of allowed texts out and tells which runs of short length they hold. */
  #forbidAllowed(): (length: number, key: string) => boolean {
    const lengths = new Set(this.#short.map(({ length }) => length));
    const held = new Map<number, Set<string>>([...lengths].map((length) => [length, new Set()]));
    for (const text of this.#allowed) {
      const scan = scanWords(unwrapMarkup(text));
      const { low, high, count } = runs.fill(scan, this.#settings.words_in_a_row);
      for (let at = 0; at < count; at += 1) this.#grams.forbid(low[at]!, high[at]!);
      for (const length of lengths) {
        const whole = runs.fill(scan, length);
        for (let at = 0; at < whole.count; at += 1) held.get(length)!.add(`${whole.low[at]} ${whole.high[at]}`);
      }
    }
    return (length, key) => held.get(length)?.has(key) === true;
  }

  #indexShort(isAllowed: (length: number, key: string) => boolean): ContaminationIndex['short'] {
    const next = new Int32Array(this.#items.length).fill(-1);
    const lengths = new Uint16Array(this.#items.length);
    const prints = new Uint32Array(2 * this.#items.length);
    const starts = new GramTableBuilder();
    const firstOf = new Map<string, number>();
    for (const [index, { text, length }] of this.#short.entries()) {
      const words = { words: this.#shortWords[index]! };
      const whole = gramAt(words, 0, length);
      if (isAllowed(length, `${whole.low} ${whole.high}`)) continue;
      lengths[text] = length;
      prints.set([whole.low, whole.high], 2 * text);
      const start = gramAt(words, 0, this.#settings.least_words);
      const key = `${start.low} ${start.high}`;
      const first = firstOf.get(key);
      if (first === undefined) {
        firstOf.set(key, text);
        starts.add(start.low, start.high, text);
      } else {
        next[text] = next[first]!;
        next[first] = text;
      }
    }
    return { starts: starts.finish(Infinity).table, next, lengths, prints };
  }
}
