import { canExpand, expansionMessages, readAlternates } from '../../domain/search/index.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import type { SearchRequest } from '../search-ports.ts';
import { goOnWithout } from './go-on-without.ts';
import type { OpenCollection } from './open-collection.ts';
import type { SearchPlan } from './plan-search.ts';
import { queryVector } from './query-vector.ts';
import { withinTime } from './within-time.ts';

/** Another wording of a query; its vector is null where the vector arm does not run for it. */
export interface Alternate {
  readonly query: string;
  readonly vector: Float32Array | null;
}

/** Other wordings of a query, or why there are none; neither where none were asked for. */
export interface Alternates {
  readonly alternates: readonly Alternate[];
  readonly expansion: Degradation | null;
}

const NONE: Alternates = { alternates: [], expansion: null };
const FAILED: Alternates = { alternates: [], expansion: 'expansion_failed' };
const TIMEOUT_MS = 15_000;

/** Has a query worded anew within its time. A search goes on without that and says so, whatever the model does. */
export async function wordAnew(
  request: SearchRequest,
  collection: OpenCollection,
  { resolved: { knobs }, embedder, expander }: Pick<SearchPlan, 'resolved' | 'embedder' | 'expander'>,
): Promise<Alternates> {
  const { query, signal } = request;
  if (!knobs.expansion) return NONE;
  if (expander === null) return { alternates: [], expansion: 'no_expansion_model' };
  if (!canExpand(query)) return NONE;
  let wordings: readonly string[] | null;
  try {
    const reply = await withinTime(TIMEOUT_MS, signal, (ending) => expander.ask(expansionMessages(query), ending));
    wordings = typeof reply === 'string' ? readAlternates(reply, query) : null;
  } catch (error) {
    goOnWithout(error, request);
    return FAILED;
  }
  if (wordings === null) return FAILED;
  const alternates: Alternate[] = [];
  for (const wording of wordings) {
    const { vector } = await queryVector({ ...request, query: wording, embeddingDim: undefined }, collection, embedder, knobs);
    alternates.push({ query: wording, vector });
  }
  return { alternates, expansion: null };
}
