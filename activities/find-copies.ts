import {
  byCopyQuality,
  findNearDuplicates,
  keepBest,
  signatureFromBytes,
  SignatureStore,
  withinSet,
  type CopyQuality,
  type DedupSettings,
  type NearDuplicates,
} from '../domain/dedup/index.ts';
import { CATEGORIES } from '../schemas/vocabulary.ts';
import type { Copies, SignedDocument } from './ports.ts';

/**
 * Finds near copies among the rows of all sets in one pass: mostly the two rows of a record say the same and are one text. Removes all but the best
 * copy, set by set.
 */
export async function findCopies(documents: AsyncIterable<readonly SignedDocument[]>, settings: DedupSettings): Promise<Copies> {
  const texts = new Texts();
  for await (const batch of documents) for (const document of batch) texts.add(document);
  const copies = findNearDuplicates(texts.store, settings);
  return {
    removed: { rag: removedFrom('rag', texts, copies), sft: removedFrom('sft', texts, copies) },
    links: linksBetween(texts, copies),
  };
}

/** The texts of rows with what decides which copy is the best, in columns: there are millions of them. */
class Texts {
  readonly store = new SignatureStore();
  /** Document of each text. */
  readonly documents: number[] = [];
  readonly #sets: number[] = [];
  readonly #categories: number[] = [];
  readonly #values: (number | null)[] = [];
  readonly #days: string[] = [];

  add(document: SignedDocument): void {
    const number = this.#categories.push(CATEGORIES.indexOf(document.category)) - 1;
    this.#values.push(document.value);
    this.#days.push(DAYS.get(document.day) ?? keepDay(document.day));
    const isOneText = document.sft === null && document.rag !== null;
    if (document.rag !== null && (document.in_rag || (isOneText && document.in_sft)))
      this.#addText(number, document.rag, (document.in_rag ? IN_RAG : 0) | (isOneText && document.in_sft ? IN_SFT : 0));
    if (document.sft !== null && document.in_sft) this.#addText(number, document.sft, IN_SFT);
  }

  isIn(set: 'rag' | 'sft', text: number): boolean {
    return (this.#sets[text]! & (set === 'rag' ? IN_RAG : IN_SFT)) !== 0;
  }

  quality(text: number): CopyQuality {
    const document = this.documents[text]!;
    const category = CATEGORIES[this.#categories[document]!]!;
    return { id: String(document).padStart(10, '0'), category, value: this.#values[document]!, day: this.#days[document]! };
  }

  #addText(document: number, signature: Uint8Array, sets: number): void {
    this.store.add(signatureFromBytes(signature));
    this.documents.push(document);
    this.#sets.push(sets);
  }
}

const IN_RAG = 1;
const IN_SFT = 2;

/** One string for each day, however many records it has. */
const DAYS = new Map<string, string>();

function keepDay(day: string): string {
  DAYS.set(day, day);
  return day;
}

function removedFrom(set: 'rag' | 'sft', texts: Texts, copies: NearDuplicates): number[] {
  const within = withinSet(copies, (text) => texts.isIn(set, text));
  const keptFor = keepBest(within, (left, right) => byCopyQuality(texts.quality(left), texts.quality(right)));
  const removed: number[] = [];
  for (const [text, kept] of keptFor.entries()) if (kept !== text) removed.push(texts.documents[text]!);
  return removed;
}

function* linksBetween(texts: Texts, { roots }: NearDuplicates): Iterable<readonly [number, number]> {
  for (const [text, root] of roots.entries()) {
    const [document, other] = [texts.documents[text]!, texts.documents[root]!];
    if (document !== other) yield [other, document];
  }
}
