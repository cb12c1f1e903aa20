import { tokensOf } from '../replay/index.ts';
import { normalizeText } from '../shared/text.ts';
import { mean } from '../stats/variance.ts';

/** How many answers there are once those that differ in nothing but white space count as one. */
export function countDistinct(answers: readonly string[]): number {
  return new Set(answers.map(normalizeText)).size;
}

/** Share of all pairs of answers that differ in nothing but white space. Null for fewer than two answers: one agrees with nothing. */
export function exactAgreement(answers: readonly string[]): number | null {
  const texts = answers.map(normalizeText);
  return meanOfPairs(texts, (one, other) => Number(one === other));
}

/**
 * Mean over all pairs of answers of the Jaccard index of their words, those by which playbooks are found: distinct ones in common over distinct ones of
 * both. Two answers without any such word agree when they are the same text. Null for fewer than two answers.
 */
export function tokenAgreement(answers: readonly string[]): number | null {
  const read = answers.map((answer) => ({ text: normalizeText(answer), tokens: new Set(tokensOf(answer)) }));
  return meanOfPairs(read, (one, other) => {
    const shared = [...one.tokens].filter((token) => other.tokens.has(token)).length;
    const all = one.tokens.size + other.tokens.size - shared;
    return all === 0 ? Number(one.text === other.text) : shared / all;
  });
}

/** True when all values are the same; null for fewer than two of them. */
export function allAlike(values: readonly boolean[]): boolean | null {
  return values.length < 2 ? null : values.every((value) => value === values[0]);
}

function meanOfPairs<Item>(items: readonly Item[], agreement: (one: Item, other: Item) => number): number | null {
  const pairs = items.flatMap((one, at) => items.slice(at + 1).map((other) => agreement(one, other)));
  return pairs.length === 0 ? null : mean(pairs);
}
