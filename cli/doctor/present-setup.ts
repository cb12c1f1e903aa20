import { sha256 } from '../../adapters/digest.ts';
import { listCollections } from '../../adapters/search/collection-head.ts';
import { suitePlaces } from '../../adapters/suites/suite-places.ts';
import type { PresentSetup } from '../../domain/drift-watch/index.ts';
import { judgeHash, JUDGE_PROMPT_VERSION, READER_PROMPT_VERSION, readerSystemPrompt } from '../../domain/longmemeval/index.ts';
import { hashKnobs, resolveKnobs, type KnobContext } from '../../domain/search/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { EvalReadRecord } from '../../schemas/eval-record.ts';
import { searchKnobsSchema, type SearchKnobs } from '../../schemas/search-knobs.ts';
import { READER_MODES, SEARCH_MODES, SEARCH_STRATEGIES } from '../../schemas/vocabulary.ts';
import { searchModels } from '../reproducibility/search-origin.ts';
import { knobContext } from '../search/hash-setup.ts';
import type { KnobSetup } from '../search/knob-setup.ts';
import type { Patient } from './checks.ts';

/** What an evaluation like that of a record would be made with now. */
export async function presentSetup(
  { io, root }: Patient,
  setup: Pick<KnobSetup, 'config' | 'base'>,
  record: EvalReadRecord,
): Promise<PresentSetup> {
  const { search, eval: evaluation } = setup.config;
  // What cannot be opened is told by a check of its own.
  const context = await knobContext({ ...io, err: () => undefined }, setup);
  const embedders = search.embedder === 'none' ? [] : named(search.embedder, searchModels(search, 'builtin')[0]?.model, context.embedder);
  return {
    models: {
      embedder: embedders,
      ...(search.reranker === undefined ? {} : { reranker: named(search.reranker.model, context.reranker) }),
      ...(search.expansion_model === undefined ? {} : { expansion: named(search.expansion_model.model, context.expander) }),
      ...(evaluation.reader === undefined ? {} : { reader: [evaluation.reader.model] }),
      ...(evaluation.judge === undefined ? {} : { judge: [evaluation.judge.model] }),
    },
    snapshots: context.embedder === null ? {} : { embedder: embedders },
    prompts: {
      reader: [...READER_MODES.map((mode) => sha256(readerSystemPrompt(mode))), READER_PROMPT_VERSION],
      judge: evaluation.judge === undefined ? [JUDGE_PROMPT_VERSION] : [judgeHash(evaluation.judge.model, sha256), JUDGE_PROMPT_VERSION],
    },
    // The embedder is part of every hash: where it cannot be opened, nobody knows what the hash would be.
    knobHashes: embedders.length > 0 && context.embedder === null ? [] : knobHashes(setup, record, context, io.env.LAUTER_SEARCH_SALVAGE),
    corpusHashes: corpusHashes(root),
  };
}

function named(...names: readonly (string | null | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== null && name !== undefined))];
}

/** Places that a question may have asked for: a captured one asked for its own, which the record does not tell. */
const PLACES = [undefined, ...Array.from({ length: 200 }, (_, at) => at + 1)];

/** The hash of every search that the record may speak of: in its mode, with its knobs, whatever number of results each question asked for. */
function knobHashes(
  { config: { search: settings } }: Pick<KnobSetup, 'config'>,
  { mode, params }: EvalReadRecord,
  context: KnobContext,
  salvage: string | undefined,
): string[] {
  const { retriever = 'builtin', strategy, knobs } = (params ?? {}) as Readonly<Record<string, unknown>>;
  if (retriever !== 'builtin') return [];
  const perCall = (searchKnobsSchema.partial().safeParse(knobs ?? {}).data ?? {}) as Partial<SearchKnobs>;
  const ways = strategy === undefined ? [...SEARCH_STRATEGIES] : SEARCH_STRATEGIES.filter((way) => way === strategy);
  const bundle = SEARCH_MODES.find((known) => known === mode);
  const hashes = ways.flatMap((way) =>
    PLACES.flatMap((limit) =>
      [undefined, true, false].map((expansion) => {
        const asked = { ...(limit === undefined ? {} : { limit }), ...(expansion === undefined ? {} : { expansion }), ...perCall };
        return hashKnobs(resolveKnobs({ settings, mode: bundle, perCall: asked, strategy: way, salvage }).knobs, context, sha256);
      }),
    ),
  );
  return [...new Set(hashes)];
}

/** Of every collection there is, also of those that were made of datasets for evaluations. */
function corpusHashes(root: string): string[] | null {
  try {
    return [root, suitePlaces(root).collections].flatMap((place) => listCollections(place).map(({ corpus_hash: hash }) => hash));
  } catch (error) {
    if (error instanceof LauterError) return null;
    throw error;
  }
}
