import { askQueries, type GivenHits, type SharedRequest } from '../../activities/measures/ask-queries.ts';
import type { Retriever } from '../../activities/search-ports.ts';
import { lacksStage } from '../../domain/gate/index.ts';
import type { ArmFacts, Qrels } from '../../domain/measures/index.ts';
import { DEGRADATIONS_TOLD } from '../../schemas/vocabulary.ts';
import type { Io } from '../io.ts';
import { watchQueries } from './watch-queries.ts';

/** One side of what is searched. */
export interface LiveArm {
  readonly name: string;
  readonly request: SharedRequest;
  /** True where the vector arm was asked for by name, so that going without it is no answer to what was asked. */
  readonly isVectorAsked: boolean;
}

/** What a side found. */
export interface LiveResult {
  readonly found: readonly GivenHits[];
  readonly facts: ArmFacts;
  /** Stages that were asked for and did not run. */
  readonly refusals: readonly string[];
}

/** Puts every judged query to a search engine, one after the other. */
export async function searchLive(io: Io, retriever: Retriever, { queries }: Qrels, arm: LiveArm): Promise<LiveResult> {
  const asked = queries.map(({ id, query, embeddingDim }) => ({ id, query: query ?? '', embeddingDim }));
  const watch = watchQueries(io, asked.length, arm.name);
  try {
    const found = await askQueries(retriever, asked, arm.request, watch.tell);
    return { found, facts: factsOf(arm, found), refusals: findMissingStages(arm, found) };
  } finally {
    watch.stop();
  }
}

function factsOf({ name, request }: LiveArm, found: readonly GivenHits[]): ArmFacts {
  const metas = found.flatMap(({ meta }) => meta ?? []);
  return {
    name,
    knob_hash: onlyOne(metas.map((meta) => meta.knob_hash)),
    corpus_hash: onlyOne(metas.map((meta) => meta.corpus_hash)),
    generation: onlyOne(metas.map((meta) => meta.generation)),
    mode: onlyOne(metas.map((meta) => meta.mode)),
    knobs: { ...request.knobs },
  };
}

/** What all say alike; null where they differ, or nobody says anything. */
function onlyOne<Value>(values: readonly Value[]): Value | null {
  const [first, ...others] = new Set(values);
  return first === undefined || others.length > 0 ? null : first;
}

function findMissingStages({ name, isVectorAsked }: LiveArm, found: readonly GivenHits[]): string[] {
  const isMissing = (state: GivenHits['degraded'][number]): boolean => lacksStage([state]) || (isVectorAsked && state === 'no_embedder');
  const states = new Set(found.flatMap(({ degraded }) => degraded.filter(isMissing)));
  return [...states].map((state) => {
    const count = found.filter(({ degraded }) => degraded.includes(state)).length;
    return `${name}: ${count} of ${found.length} queries ran ${DEGRADATIONS_TOLD[state]}, which is not what was asked for; --allow-degraded accepts it`;
  });
}
