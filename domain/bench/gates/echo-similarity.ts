import { isObject, type JsonValue } from '../../shared/json.ts';

const GRAM_CHARS = 4;

/**
 * How much of the input an answer repeats: the Jaccard similarity of the sets of lower-cased character 4-grams of their texts, from 0 to 1. A text
 * shorter than a gram is one by itself. Two sets without grams are alike (1), one of them is not like the other (0).
 */
export function echoSimilarity(outputTexts: readonly string[], inputTexts: readonly string[]): number {
  const output = gramsOf(outputTexts);
  const input = gramsOf(inputTexts);
  if (output.size === 0 && input.size === 0) return 1;
  let shared = 0;
  for (const gram of output) if (input.has(gram)) shared += 1;
  return shared / (output.size + input.size - shared);
}

/** The string values of a JSON value, at any depth, in the order of the value; keys are not among them. */
export function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function gramsOf(texts: readonly string[]): Set<string> {
  const grams = new Set<string>();
  for (const text of texts) addGrams([...text.toLowerCase()], grams);
  return grams;
}

function addGrams(chars: readonly string[], grams: Set<string>): void {
  if (chars.length > 0 && chars.length < GRAM_CHARS) grams.add(chars.join(''));
  for (let at = 0; at + GRAM_CHARS <= chars.length; at += 1) grams.add(chars.slice(at, at + GRAM_CHARS).join(''));
}
