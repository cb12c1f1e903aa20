import type { GlossaryEntry } from '../../schemas/metric-glossary.ts';

/** What a metric is called in the field, what it says in plain words, what it may be, and the other names it is printed under. */
export interface Term {
  readonly name: string;
  readonly entry: GlossaryEntry;
  /** In lower case; `@k` stands for any number after the name. */
  readonly also: readonly string[];
}

/** Metrics that answer one kind of question. */
export interface GlossarySection {
  readonly title: string;
  readonly lead: string;
  readonly terms: readonly Term[];
}

/** A term of the glossary. */
export function term(name: string, industry_term: string, eli10: string, range: string, also: readonly string[] = []): Term {
  return { name, entry: { industry_term, eli10, range }, also };
}
