import type { GlossaryEntry } from '../../schemas/metric-glossary.ts';
import { OPERATIONAL } from './operational-terms.ts';
import { RETRIEVAL } from './retrieval-terms.ts';
import type { GlossarySection } from './section.ts';
import { SIGNIFICANCE } from './significance-terms.ts';
import { STABILITY } from './stability-terms.ts';

/** Every entry there is, in the order in which people read them. */
export const GLOSSARY: readonly GlossarySection[] = [RETRIEVAL, STABILITY, SIGNIFICANCE, OPERATIONAL];

/**
 * The entry of a metric under any name that a report prints it by, in any letter case; null when there is none. A number after the name, as in
 * `recall@10` or `recall_10`, stands for `@k` where the name with its number has no entry of its own.
 */
export function findEntry(name: string): GlossaryEntry | null {
  const exact = name.toLowerCase();
  return BY_NAME.get(exact) ?? BY_NAME.get(exact.replace(/[@_]\d+(?:\.\d+)?$/, '@k')) ?? null;
}

const BY_NAME = new Map(
  GLOSSARY.flatMap(({ terms }) => terms).flatMap(({ name, also, entry }) => [name, ...also].map((each) => [each, entry] as const)),
);
