import { captureSearch } from '../../activities/capture-search.ts';
import type { SearchRequest } from '../../activities/search-ports.ts';
import { now } from '../../adapters/clock.ts';
import { openCaptureStore } from '../../adapters/search/capture-store.ts';
import { readCollectionHead } from '../../adapters/search/collection-store.ts';
import { SearchTelemetry } from '../../adapters/search/telemetry.ts';
import { isCaptureOn, isScrubOn } from '../../domain/capture/index.ts';
import { resolveKnobs } from '../../domain/search/index.ts';
import { describeCall } from '../../domain/telemetry/index.ts';
import type { Config } from '../../schemas/config.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';

/** Where a user searched, and how. */
export interface AnsweredRequest {
  readonly workspace: string;
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly request: SearchRequest;
  readonly response: SearchResponse;
}

/** What keeps figures of searches; a test may hand in one of its own. */
export type OpenTelemetry = (workspace: string) => Pick<SearchTelemetry, 'note' | 'close'>;

/** Keeps the figures of a user's search, and the search itself where captures are on. Never rejects: the user has the answer. */
export async function rememberSearch(answered: AnsweredRequest, open: OpenTelemetry = openTelemetry): Promise<void> {
  // Whoever searched has the answer, and nobody else is here to be told; figures that are lost do not cost the capture.
  await Promise.allSettled([keepFigures(answered, open), capture(answered)]);
}

const openTelemetry: OpenTelemetry = (workspace) => new SearchTelemetry(workspace);

async function keepFigures({ workspace, response }: AnsweredRequest, open: OpenTelemetry): Promise<void> {
  const telemetry = open(workspace);
  telemetry.note(describeCall(response, now()));
  telemetry.close();
}

async function capture(answered: AnsweredRequest): Promise<void> {
  const { workspace, config, env, response } = answered;
  if (!isCaptureOn({ configured: config.eval.capture, contributorMode: env.LAUTER_CONTRIBUTOR_MODE })) return;
  const { query, strategy, detail, mode, knobs: perCall } = answered.request;
  const { knobs } = resolveKnobs({ settings: config.search, mode, perCall, strategy, salvage: env.LAUTER_SEARCH_SALVAGE });
  await captureSearch(
    openCaptureStore(workspace),
    {
      query,
      strategy,
      detail: detail ?? null,
      response,
      limit: knobs.limit,
      expandEnabled: knobs.expansion,
      embeddingColumn: response.meta.vector_enabled ? embedderOf(answered) : null,
    },
    { isScrubbed: isScrubOn(config.eval) },
  );
}

/** What made the vectors that were searched; null where nobody here knows. */
function embedderOf({ workspace, request }: AnsweredRequest): string | null {
  try {
    return readCollectionHead(workspace, request.collection)?.embedder ?? null;
  } catch {
    return null;
  }
}
