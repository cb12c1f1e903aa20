import { ApplicationFailure } from '@temporalio/activity';
import { consistencyText } from '../../domain/bench/index.ts';
import { isWorthRetrying } from '../../domain/shared/call-retry.ts';
import type { BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { BenchRunInput, ModelInput } from '../bench-contract.ts';
import { isLastAttempt, throwIfCancelled, tryAgain } from './retrying.ts';
import { holdSlot } from './hold-slot.ts';
import { indexedText } from './indexed-text.ts';
import { scoreableQuestions } from './scoreable-questions.ts';
import type { BenchWorld } from './world.ts';

/** Texts of one call of the embedding model. */
const TEXTS_PER_CALL = 32;

/** Vectors by what they belong to. */
export type Vectors = Readonly<Record<string, readonly number[]>>;

/** Embeds the outputs that are searched, and, once for all models of the run, the questions. */
export async function embedOutputs(world: BenchWorld, { run, model }: ModelInput): Promise<void> {
  const outputs = world.runs.readAttempts(run.run_id, model).filter(isIndexed);
  await embedTexts(
    world,
    run,
    outputsName(world, model),
    new Map(outputs.map((attempt) => [attempt.event.event_id, indexedText(attempt)])),
  );
  const questions = await scoreableQuestions(world, run);
  await embedTexts(world, run, QUESTIONS, new Map(questions.map(({ qaId, question }) => [qaId, question])));
}

/** Embeds the answers that one event got again and again. */
export async function embedRepeats(world: BenchWorld, { run, model }: ModelInput): Promise<void> {
  const repeats = world.runs
    .readAttempts(run.run_id, model)
    .filter(({ purpose, raw_output }) => purpose === 'self_consistency' && raw_output !== null);
  const texts = new Map(repeats.map((attempt) => [repeatName(attempt), consistencyText(attempt.raw_output ?? '', attempt)]));
  await embedTexts(world, run, repeatsName(world, model), texts);
}

/** True for an attempt whose answer is searched: the base pass, with anything to read in it. */
export function isIndexed({ purpose, stratum, raw_output }: BenchAttempt): boolean {
  return purpose === 'main' && stratum === 'base' && raw_output !== null && raw_output.trim() !== '';
}

/** Name of the vector of one of several answers to an event. */
export function repeatName({ event, attempt_idx }: Pick<BenchAttempt, 'event' | 'attempt_idx'>): string {
  return `${attempt_idx} ${event.event_id}`;
}

export const QUESTIONS = 'vectors-questions';

export function outputsName({ runs }: BenchWorld, model: string): string {
  return `vectors-outputs-${runs.slug(model)}`;
}

export function repeatsName({ runs }: BenchWorld, model: string): string {
  return `vectors-repeats-${runs.slug(model)}`;
}

/** The vectors of that name; none when nothing was embedded. */
export function readVectors({ runs }: BenchWorld, runId: string, name: string): Vectors {
  return runs.has(runId, name) ? runs.read<Vectors>(runId, name) : {};
}

/** Embeds what is not embedded yet, piece by piece; each piece is kept before the next one is asked for. */
async function embedTexts(world: BenchWorld, run: BenchRunInput, name: string, texts: ReadonlyMap<string, string>): Promise<void> {
  const { embedding_model: model, call_timeout_ms: timeoutMs } = run.settings;
  if (model === null) return;
  const server = world.inference(run.settings, 'candidate');
  await holdSlot(world, run, async (slot) => {
    let known = { ...readVectors(world, run.run_id, name) } as Record<string, readonly number[]>;
    const missing = [...texts].filter(([id]) => known[id] === undefined);
    for (let at = 0; at < missing.length; at += TEXTS_PER_CALL) {
      throwIfCancelled();
      slot.assertCurrent();
      const piece = missing.slice(at, at + TEXTS_PER_CALL);
      const outcome = await server.embed(
        model,
        piece.map(([, text]) => text),
        { timeoutMs, signal: slot.signal },
      );
      if (outcome.state === 'failed') {
        if (isWorthRetrying(outcome.kind) && !isLastAttempt()) throw tryAgain([outcome]);
        throw ApplicationFailure.nonRetryable(`embedding: ${outcome.kind}, ${outcome.detail}`, 'EmbeddingFailed');
      }
      slot.assertCurrent();
      known = { ...known, ...Object.fromEntries(piece.map(([id], index) => [id, outcome.value[index]!])) };
      world.runs.write(run.run_id, name, known);
    }
  });
}
