import type { SearchRequest } from '../../activities/search-ports.ts';
import type { SearchDetail } from '../../schemas/vocabulary.ts';
import { openRetriever } from '../../worker/open-retriever.ts';
import { commandBudget } from '../cost/command-budget.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder } from '../places.ts';
import { rememberSearch } from '../search/remember-search.ts';
import { howToSearch, type SearchOptions } from '../search/search-options.ts';
import { tellSearch } from '../search/tell-search.ts';

export interface SearchQueryOptions extends SearchOptions {
  readonly limit?: number;
  readonly offset: number;
  readonly detail?: SearchDetail;
  readonly source?: string;
  readonly tokenBudget?: number | null;
  readonly cache: boolean;
  readonly explain?: boolean;
  readonly json?: boolean;
}

/** `lauter search query`: what a collection has on a question. */
export async function searchQuery(io: Io, collection: string, query: string, options: SearchQueryOptions): Promise<ExitCode> {
  const workspace = workspaceFolder(io, options);
  const { config, base } = loadConfig(io, workspace, options);
  const budget = commandBudget(workspace, 'search query', config.cost);
  const place = { workspace, settings: config.search, base, env: io.env, budget, tell: (line: string) => io.err(plain(line)) };
  const request: SearchRequest = {
    collection,
    query,
    ...howToSearch(options, {
      ...(options.limit === undefined ? {} : { limit: options.limit }),
      ...(options.tokenBudget === undefined ? {} : { token_budget: options.tokenBudget }),
    }),
    offset: options.offset,
    detail: options.detail,
    source: options.source,
    isEvaluation: false,
    usesCache: options.cache,
    isExplained: options.explain,
  };
  const retriever = await openRetriever(place, options.retriever);
  try {
    const response = await retriever.search(request);
    io.out(options.json === true ? JSON.stringify(response, null, 2) : tellSearch(response));
    await rememberSearch({ workspace, config, env: io.env, request, response });
    return EXIT.accepted;
  } finally {
    await retriever.close();
  }
}
