import { sha256 } from '../../adapters/digest.ts';
import { findEmbedder } from '../../adapters/embedder/find-embedder.ts';
import { openHttpExpander } from '../../adapters/embedder/http-expander.ts';
import { openHttpReranker } from '../../adapters/embedder/http-reranker.ts';
import { openEmbedder } from '../../adapters/embedder/open-embedder.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { hashKnobs, readSourceBoosts, type KnobContext, synopsizerId } from '../../domain/search/index.ts';
import { plain, type Io } from '../io.ts';
import type { KnobSetup } from './knob-setup.ts';

/** The knob hash that searches of this setup carry. An embedder that cannot be opened is told, and counts as none. */
export async function hashSetup(io: Io, setup: KnobSetup): Promise<string> {
  return hashKnobs(setup.resolved.knobs, await knobContext(io, setup), sha256);
}

/** What a search of this setup depends on beside its knobs. An embedder that cannot be opened is told, and counts as none. */
export async function knobContext(io: Io, setup: Pick<KnobSetup, 'config' | 'base'>): Promise<KnobContext> {
  const { search } = setup.config;
  const place = { env: io.env, base: setup.base, rules: { allowRemote: false, allowedHosts: search.allowed_hosts }, pay: payNothing };
  const { reranker, expansion_model: expander } = search;
  return {
    embedder: await idOf(io, async () => {
      const found = findEmbedder(search);
      if (found === null) return null;
      const embedder = await openEmbedder(search.embedder, found, place);
      await embedder.close();
      return embedder.id;
    }),
    reranker: await idOf(io, async () => (reranker === undefined ? null : openHttpReranker(reranker, place).id)),
    expander: await idOf(io, async () => (expander === undefined ? null : openHttpExpander(expander, place).id)),
    synopsizer: synopsizerId(search),
    boosts: readSourceBoosts(search.source_profile, io.env.LAUTER_SOURCE_BOOST),
  };
}

/** What is asked for its name alone makes no call. */
const payNothing = (): Promise<never> => Promise.reject(new Error('nothing is called for a knob hash'));

async function idOf(io: Io, open: () => Promise<string | null>): Promise<string | null> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof LauterError)) throw error;
    io.err(plain(`the knob hash leaves out what cannot be opened: ${error.message}`));
    return null;
  }
}
