import type { SearchResponse } from '../../schemas/search-response.ts';
import type { Retriever } from '../search-ports.ts';

/** An engine that keeps what its last search came to. */
export interface ListeningRetriever extends Retriever {
  readonly last: { readonly response: SearchResponse | null; readonly thrown: unknown };
}

/** The same engine; what it answers or throws passes through and is kept until the next search. */
export function listenTo(retriever: Retriever): ListeningRetriever {
  let last: ListeningRetriever['last'] = { response: null, thrown: undefined };
  return {
    name: retriever.name,
    get last() {
      return last;
    },
    search: async (request) => {
      last = { response: null, thrown: undefined };
      try {
        const response = await retriever.search(request);
        last = { response, thrown: undefined };
        return response;
      } catch (thrown) {
        last = { response: null, thrown };
        throw thrown;
      }
    },
    close: () => retriever.close(),
  };
}
