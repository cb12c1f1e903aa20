import { OUTCOME_STATES } from '../../schemas/vocabulary.ts';

/** What an enrichment of one source must hold beside its summary. */
export interface OutputShape {
  /** Lists of strings that `entities` may have. Null for a source we know nothing of: any, but all must be lists of strings. */
  readonly categories: readonly string[] | null;
  /** Shell only: `intent` and `outcome`. */
  readonly hasIntent: boolean;
}

const SHAPES: ReadonlyMap<string, OutputShape> = new Map([
  ['shell', { categories: ['projects', 'tools', 'files', 'services', 'errors'], hasIntent: true }],
  ['claude', { categories: ['projects', 'topics', 'files', 'decisions', 'errors'], hasIntent: false }],
  ['browser', { categories: ['topics', 'urls', 'projects'], hasIntent: false }],
  ['workflow', { categories: ['projects', 'jobs', 'errors'], hasIntent: false }],
]);

const OPEN_SHAPE: OutputShape = { categories: null, hasIntent: false };

/** The sources whose shape is known. */
export const SHAPED_SOURCES: readonly string[] = [...SHAPES.keys()];

/** The shape asked of a source; an unknown one is asked for no categories of its own. */
export function shapeOf(source: string): OutputShape {
  return SHAPES.get(source) ?? OPEN_SHAPE;
}

/** The four words that `outcome` may be. */
export const OUTCOME_WORDS: readonly string[] = OUTCOME_STATES;

/** Longest summary, in code points. */
export const MAX_SUMMARY_CHARS = 2000;
