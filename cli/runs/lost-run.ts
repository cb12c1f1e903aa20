import { EngineError } from '../../domain/shared/errors.ts';

/** The refusal to act on a run that is unfinished in the lake and unknown to the engine: it has lost its database, or is another one. */
export function lostRun(acting: string, runId: string, next: readonly string[]): EngineError {
  return new EngineError(
    `${acting} run ${runId}: expected the engine to know it, found that it does not; it was begun on another server, or the database of this one was lost.`,
    `Its finished shards are kept. Go on with: ${next.map((command) => `\`${command}\``).join(' or ')}.`,
  );
}
