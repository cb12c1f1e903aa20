import { asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { ScoreRole } from '../../schemas/trace-options.ts';
import type { TraceScore } from './trace-scores.ts';

/**
 * The scores of a trace, or what is wrong with the first that is none. A person gave those with the source ANNOTATION, an evaluator those with EVAL;
 * `fromApi` says whose word those are that came in through the API. A score of a step outside the conversation says nothing about the answer.
 */
export function scoresOf(given: JsonValue | undefined, told: ReadonlySet<string>, fromApi: ScoreRole): TraceScore[] | string {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return 'scores: expected a list';
  if (given.every((item) => typeof item === 'string')) return [];
  const scores = new Map<string, TraceScore>();
  for (const [index, score] of given.entries()) {
    if (!isObject(score) || typeof score.name !== 'string') return `scores[${index}]: expected an object with a name`;
    const isAboutStep = typeof score.observationId === 'string' && !told.has(score.observationId);
    scores.set(asString(score.id) ?? `${index}`, {
      name: score.name,
      from: isAboutStep ? 'ignore' : roleOf(score, fromApi),
      value: asNumber(score.value),
      label: labelOf(score),
    });
  }
  return [...scores.values()];
}

function roleOf({ source }: JsonObject, fromApi: ScoreRole): ScoreRole {
  if (source === 'ANNOTATION') return 'human';
  return source === 'EVAL' ? 'judge' : fromApi;
}

/** Free texts and corrected answers are no verdicts. */
function labelOf({ dataType, stringValue, value }: JsonObject): string | undefined {
  if (dataType === 'TEXT' || dataType === 'CORRECTION') return undefined;
  // Scores on their way in carry the word of a category in `value`.
  return asString(stringValue) ?? asString(value) ?? (typeof value === 'boolean' ? String(value) : undefined);
}
