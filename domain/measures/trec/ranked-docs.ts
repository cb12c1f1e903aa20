/** A ranking of documents, best first and each once; ids are made into texts only when somebody asks for them. */
export interface RankedDocs {
  readonly length: number;
  keys(): string[];
  keyAt(place: number): string | undefined;
  hits(): { readonly key: string; readonly score: number }[];
  /** The grade at each place; null where a document has none. */
  gradesIn(grades: ReadonlyMap<string, number>): (number | null)[];
}

/** A ranking that is there as texts. What has no score has its place counted from the end. */
export function rankedKeys(keys: readonly string[]): RankedDocs {
  return {
    length: keys.length,
    keys: () => [...keys],
    keyAt: (place) => keys[place],
    hits: () => keys.map((key, place) => ({ key, score: keys.length - place })),
    gradesIn: (grades) => keys.map((key) => grades.get(key) ?? null),
  };
}
