import { inputError } from '../shared/input-error.ts';
import type { Qrels } from './qrels/qrels.ts';

/** How ids of a file become those that are compared. */
export interface IdRules {
  /** True where ids are compared as they stand. */
  readonly isSame: boolean;
  readonly query: (id: string) => string;
  readonly doc: (id: string) => string;
}

/** The judgments under other ids. CollectionError where two of a file become one. */
export function renameQrels(qrels: Qrels, rules: IdRules, file: string): Qrels {
  const queries = renameKeys(new Map(qrels.queries.map((query) => [query.id, query])), rules.query, file);
  return {
    form: qrels.form,
    queries: [...queries].map(([id, query]) => ({
      ...query,
      id,
      grades: renameKeys(query.grades, rules.doc, file),
      expectedTop1: query.expectedTop1 === null ? null : rules.doc(query.expectedTop1),
    })),
  };
}

/** A map under other keys, in the same order. CollectionError where two become one. */
export function renameKeys<Value>(values: ReadonlyMap<string, Value>, rename: (id: string) => string, file: string): Map<string, Value> {
  const renamed = new Map<string, Value>();
  for (const [id, value] of values) {
    const key = rename(id);
    if (renamed.has(key)) {
      const expected = 'ids that stay apart when they are written alike';
      throw inputError('comparing ids', { file }, expected, `two that become ${JSON.stringify(key)}`, 'Leave out --normalise-ids.');
    }
    renamed.set(key, value);
  }
  return renamed;
}
