import { eventsById, readQuestion, resolveGoldens, type QaQuestion } from '../../domain/bench/index.ts';
import type { BenchRunInput } from '../bench-contract.ts';
import type { BenchWorld } from './world.ts';

/** A question with the events of this corpus that answer it. */
export interface ScoreableQuestion extends QaQuestion {
  readonly goldens: readonly string[];
  /** Source of the first of them. */
  readonly source: string;
}

/** The questions of a run that can be scored, in the order of the fixture. */
export async function scoreableQuestions(world: BenchWorld, { settings }: BenchRunInput): Promise<ScoreableQuestion[]> {
  if (settings.qa === null) return [];
  const [corpus, qa] = [await world.corpus(settings.corpus_version), await world.questions(settings.qa)];
  if (qa === null) return [];
  const events = eventsById(corpus.rows);
  return qa.rows.flatMap((row) => {
    const question = readQuestion(row);
    const { resolved } = resolveGoldens(question, events);
    const [first] = resolved;
    return first === undefined ? [] : [{ ...question, goldens: resolved.map(({ event_id }) => event_id), source: first.source }];
  });
}
