import { scanWords, type WordScan } from '../shared/words.ts';
import { findIn } from './gram-table.ts';
import { gramAt, Grams } from './grams.ts';
import type { ContaminationIndex, EvaluationItem } from './index-builder.ts';
import { unwrapMarkup } from './unwrap-markup.ts';

/** An evaluation item of which a document holds a copy. */
export interface ContaminationHit extends EvaluationItem {
  /** Runs of words in common; 1 for a short text found as a whole. */
  readonly matches: number;
}

/**
 * The evaluation items that a document copies from, most matches first, then in the order in which they were added; none when it is clean. The parts of
 * a document (its turns) are looked at one by one.
 */
export function findContamination(index: ContaminationIndex, parts: readonly string[]): ContaminationHit[] {
  let matches: Map<number, number> | undefined;
  const count = (text: number): void => {
    matches ??= new Map();
    matches.set(text, (matches.get(text) ?? 0) + 1);
  };
  for (const part of parts) {
    const scan = scanWords(unwrapMarkup(part));
    findIn(index.grams, runs.fill(scan, index.settings.words_in_a_row), count);
    findShort(index, scan, count);
  }
  if (matches === undefined) return [];
  const sorted = [...matches].sort(([left, leftCount], [right, rightCount]) => rightCount - leftCount || left - right);
  return sorted.map(([text, found]) => ({ ...index.items[text]!, matches: found }));
}

const runs = new Grams();

function findShort({ settings, short }: ContaminationIndex, scan: WordScan, count: (text: number) => void): void {
  if (short.starts.entries === 0) return;
  findIn(short.starts, runs.fill(scan, settings.least_words), (first, at) => {
    for (let text = first; text !== -1; text = short.next[text]!) {
      const length = short.lengths[text]!;
      if (at + length > scan.count) continue;
      const whole = gramAt(scan, at, length);
      if (whole.low === short.prints[2 * text] && whole.high === short.prints[2 * text + 1]) count(text);
    }
  });
}
