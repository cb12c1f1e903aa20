import type { SearchIntent } from '../../schemas/vocabulary.ts';

const FOR_ENTITY = 2;
const FOR_OTHERS = 6;

/** As many rows as an intent is usually answered by: 2 for an entity, else 6. */
export function adaptReturn<Row>(rows: readonly Row[], intent: SearchIntent): readonly Row[] {
  return rows.slice(0, intent === 'entity' ? FOR_ENTITY : FOR_OTHERS);
}
