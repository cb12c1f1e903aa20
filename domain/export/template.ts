import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonValue } from '../shared/json.ts';
import type { Provenance } from '../../schemas/evidence.ts';
import { contentOf } from '../materialize/index.ts';

/**
 * A row is made when its record is read; its split is known only when all records are. So the split is a mark until the row is written out. In
 * canonical text a mark with its quotes cannot stand inside a string (there the quotes are escaped), and it comes before any nested value that
 * could imitate it (`tools`).
 */
export const SPLIT_MARK = '@split';
export const PROVENANCE_MARK = '@provenance';

/** What stands in a row until its split is known. */
export const SPLIT_FIELD = `"split":"${SPLIT_MARK}"`;

/** Canonical text of a provenance, and of what is left of it without the place of reading. */
export interface ProvenanceTexts {
  readonly row: string;
  readonly content: string;
}

export function provenanceTexts(provenance: Provenance): ProvenanceTexts {
  return { row: canonicalJson(provenance as unknown as JsonValue), content: canonicalJson(contentOf(provenance)) };
}

/** The row's canonical text, and the same without the place it was read from: what its content digest is taken of. Both lack their split. */
export function fillProvenance(template: string, { row, content }: ProvenanceTexts): { row: string; content: string } {
  const field = `"provenance":"${PROVENANCE_MARK}"`;
  const at = template.indexOf(field);
  if (at === -1) throw new Error('an export template lacks its mark for provenance');
  const before = `${template.slice(0, at)}"provenance":`;
  const after = template.slice(at + field.length);
  return { row: before + row + after, content: before + content + after };
}
