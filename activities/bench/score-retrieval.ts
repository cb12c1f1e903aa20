import { summarizeRetrieval, type AskedQuestion, type RetrievalSummary } from '../../domain/bench/index.ts';
import { SearchableTexts } from '../../domain/search/index.ts';
import { BENCH_MODES, type BenchMode } from '../../schemas/vocabulary.ts';
import type { BenchRunInput, ModelInput } from '../bench-contract.ts';
import { isIndexed, outputsName, QUESTIONS, readVectors } from './embed.ts';
import { indexedText } from './indexed-text.ts';
import { scoreableQuestions, type ScoreableQuestion } from './scoreable-questions.ts';
import type { BenchWorld } from './world.ts';

/** How many results each question asks for. */
export const RESULTS = 10;

/** What retrieval came to, as it is kept between the steps of a run. */
export interface StoredRetrieval extends Omit<RetrievalSummary, 'bySource'> {
  readonly by_source: readonly (readonly [string, unknown])[];
}

/** Asks every question in every mode of an index over the outputs of this very pass, and scores what comes back. */
export async function scoreRetrieval(world: BenchWorld, { run, model }: ModelInput): Promise<void> {
  const outputs = world.runs.readAttempts(run.run_id, model).filter(isIndexed);
  const vectors = readVectors(world, run.run_id, outputsName(world, model));
  const questionVectors = readVectors(world, run.run_id, QUESTIONS);
  const texts = new SearchableTexts(
    outputs.map(indexedText),
    outputs.map(({ event }) => vectors[event.event_id] ?? null),
  );
  const questions = await scoreableQuestions(world, run);
  const modes = modesOf(run);
  const ask = (question: ScoreableQuestion, mode: BenchMode): AskedQuestion['outcome'] => {
    const vector = questionVectors[question.qaId] ?? null;
    if (vector === null && mode !== 'lexical') return { error_type: 'no_vector', error: 'the question has no vector' };
    try {
      const found = texts.search({ text: question.question, vector }, mode, RESULTS);
      return { results: found.map(({ document }) => ({ id: `output-${document}`, source_ids: [outputs[document]!.event.event_id] })) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { error_type: 'search_failed', error: error.message };
    }
  };
  const asked = modes.flatMap((mode) =>
    questions.map((question) => ({
      qa_id: question.qaId,
      mode,
      goldens: question.goldens,
      source: question.source,
      outcome: ask(question, mode),
    })),
  );
  const { proxy, errors, bySource } = summarizeRetrieval(asked, modes, RESULTS);
  world.runs.write(run.run_id, retrievalName(world, model), { proxy, errors, by_source: [...bySource] } satisfies StoredRetrieval);
}

/** Without a model that embeds, only words are searched, and the other modes are not measured. */
export function modesOf({ settings }: BenchRunInput): readonly BenchMode[] {
  return settings.embedding_model === null ? ['lexical'] : BENCH_MODES;
}

export function retrievalName({ runs }: BenchWorld, model: string): string {
  return `retrieval-${runs.slug(model)}`;
}
