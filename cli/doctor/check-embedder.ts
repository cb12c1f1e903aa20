import type { Budget } from '../../activities/budget-ports.ts';
import { payOutOf } from '../../activities/pay-for-call.ts';
import type { EmbedderPlace } from '../../adapters/embedder/embedder-place.ts';
import { findEmbedder } from '../../adapters/embedder/find-embedder.ts';
import { openHttpReranker } from '../../adapters/embedder/http-reranker.ts';
import { openEmbedder } from '../../adapters/embedder/open-embedder.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { ok, warn, type Patient } from './checks.ts';

const LIMIT_MS = 5_000;
const SAMPLE = 'A lighthouse stands at the mouth of the harbour.';

interface SearchPlace {
  readonly base: string;
  readonly search: SearchSettings;
  readonly budget: Budget;
}

/** The embedder of the config makes a vector of a sentence. Searches go on without it, by words alone, so its absence is no failure. */
export async function checkEmbedder({ io }: Pick<Patient, 'io'>, place: SearchPlace): Promise<DoctorCheck> {
  const expected = 'a vector of a sentence, or no embedder in the config';
  return orWarning('embedder', expected, async () => {
    const { search } = place;
    const settings = findEmbedder(search);
    if (settings === null) return 'none configured: searches go by words alone';
    const embedder = await openEmbedder(search.embedder, settings, placeOf(io.env, place));
    try {
      await embedder.embed([SAMPLE], 'query', AbortSignal.timeout(LIMIT_MS));
      return embedder.id;
    } finally {
      await embedder.close();
    }
  });
}

/** The reranker of the config scores a passage. */
export async function checkReranker({ io }: Pick<Patient, 'io'>, place: SearchPlace): Promise<DoctorCheck> {
  return orWarning('reranker', 'a score for a passage, or no reranker in the config', async () => {
    const { search } = place;
    if (search.reranker === undefined) return 'none configured';
    const reranker = openHttpReranker(search.reranker, placeOf(io.env, place));
    await reranker.rerank('Where does the lighthouse stand?', [SAMPLE], AbortSignal.timeout(LIMIT_MS));
    return reranker.id;
  });
}

function placeOf(env: EmbedderPlace['env'], { base, search: { allowed_hosts: allowedHosts }, budget }: SearchPlace): EmbedderPlace {
  return { env, base, rules: { allowRemote: false, allowedHosts }, pay: payOutOf(budget) };
}

async function orWarning(name: string, expected: string, look: () => Promise<string>): Promise<DoctorCheck> {
  try {
    return ok(name, await look(), expected);
  } catch (error) {
    if (error instanceof LauterError) return warn(name, error.message, expected, error.remedy);
    throw error;
  }
}
