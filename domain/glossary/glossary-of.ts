import type { GlossaryEntry } from '../../schemas/metric-glossary.ts';
import { findEntry } from './find-entry.ts';

/** Entries by the name that was asked for, and the names that have none. */
export interface FoundEntries {
  readonly entries: Record<string, GlossaryEntry>;
  readonly unknown: string[];
}

/** The entries of names as they are printed, each once, in the order in which they come. */
export function glossaryOf(names: Iterable<string>): FoundEntries {
  const distinct = [...new Set(names)];
  const found = distinct.map((name) => [name, findEntry(name)] as const);
  return {
    entries: Object.fromEntries(found.flatMap(([name, entry]) => (entry === null ? [] : [[name, entry] as const]))),
    unknown: found.flatMap(([name, entry]) => (entry === null ? [name] : [])),
  };
}

/** What a report's envelope says about the metrics it prints. */
export function glossaryBlock(names: Iterable<string>): { metric_glossary: Record<string, GlossaryEntry>; unknown_metrics: string[] } {
  const { entries, unknown } = glossaryOf(names);
  return { metric_glossary: entries, unknown_metrics: unknown };
}
