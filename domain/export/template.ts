import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonValue } from '../shared/json.ts';
import type { Provenance } from '../../schemas/evidence.ts';
import type { Split } from '../../schemas/vocabulary.ts';
import { contentOf } from '../materialize/index.ts';

/**
 * Rows are made long before their split is known, and their provenance is stored beside them anyway. So a row is kept as its canonical text with
 * a mark in both places. In canonical text a mark with its quotes cannot stand inside a string (there the quotes are escaped), and it comes
 * before any nested value that could imitate it (`tools`).
 */
export const PROVENANCE_MARK = '@provenance';
export const SPLIT_MARK = '@split';

/** The row's canonical text, and the same without the place it was read from: what its content digest is taken of. */
export function fillTemplate(template: string, provenance: Provenance, split: Split): { row: string; content: string } {
  const withSplit = fill(template, 'split', SPLIT_MARK, `"${split}"`);
  return {
    row: fill(withSplit, 'provenance', PROVENANCE_MARK, canonicalJson(provenance as unknown as JsonValue)),
    content: fill(withSplit, 'provenance', PROVENANCE_MARK, canonicalJson(contentOf(provenance))),
  };
}

function fill(template: string, key: string, mark: string, value: string): string {
  const field = `"${key}":"${mark}"`;
  const at = template.indexOf(field);
  if (at === -1) throw new Error(`an export template lacks its mark for ${key}`);
  return `${template.slice(0, at)}"${key}":${value}${template.slice(at + field.length)}`;
}
