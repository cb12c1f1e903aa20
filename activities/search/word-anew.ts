import { canExpand, expansionMessages, readAlternates } from '../../domain/search/index.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import type { Expander, SearchRequest } from '../search-ports.ts';
import { withinTime } from './within-time.ts';

/** Other wordings of a query, or why there are none; neither where none were asked for. */
export interface Alternates {
  readonly alternates: readonly string[];
  readonly expansion: Degradation | null;
}

const NONE: Alternates = { alternates: [], expansion: null };
const TIMEOUT_MS = 15_000;

/** Has a query worded anew within its time. A search goes on without that and says so, whatever the model does; only its caller ends it. */
export async function wordAnew(
  { query, signal }: SearchRequest,
  expander: Expander | null,
  { expansion: isWanted }: SearchKnobs,
): Promise<Alternates> {
  if (!isWanted) return NONE;
  if (expander === null) return { alternates: [], expansion: 'no_expansion_model' };
  if (!canExpand(query)) return NONE;
  try {
    const reply = await withinTime(TIMEOUT_MS, signal, (ending) => expander.ask(expansionMessages(query), ending));
    const alternates = typeof reply === 'string' ? readAlternates(reply, query) : null;
    return alternates === null ? { alternates: [], expansion: 'expansion_failed' } : { alternates, expansion: null };
  } catch {
    signal?.throwIfAborted();
    return { alternates: [], expansion: 'expansion_failed' };
  }
}
