import { isObject, type JsonValue } from '../shared/json.ts';
import { isBlank } from '../shared/text.ts';
import { readReply, sameNames, type Read } from './reply-json.ts';
import type { JudgeReply } from './slot-result.ts';

/**
 * What a judge's reply says, read from its last complete JSON value and nothing else: a score from 1 to 10 for exactly the dimensions asked for, as a
 * number, as a string that is exactly one, or as `score` of an object with its feedback. Anything else is no reply, with a reason that quotes nothing.
 */
export function readScores(text: string, dimensions: readonly string[]): Read<JudgeReply> {
  const reply = readReply(text);
  if (!reply.ok) return reply;
  const { scores, improvements } = reply.value;
  if (!isObject(scores)) return { ok: false, error: 'the reply has no object "scores"' };
  const wrong = sameNames(scores, dimensions);
  if (wrong !== undefined) return { ok: false, error: wrong };
  const given = dimensions.map((name) => [name, readScore(scores[name])] as const);
  const odd = given.find(([, score]) => score === undefined)?.[0];
  if (odd !== undefined) return { ok: false, error: `the score of ${odd} is not a number from ${LOWEST} to ${HIGHEST}` };
  return {
    ok: true,
    scores: Object.fromEntries(given) as Record<string, number>,
    feedback: Object.fromEntries(dimensions.flatMap((name) => feedbackOf(name, scores[name]))),
    improvements: readImprovements(improvements),
  };
}

const LOWEST = 1;
const HIGHEST = 10;

function readScore(value: JsonValue | undefined): number | undefined {
  const given = isObject(value) ? value.score : value;
  const score = typeof given === 'string' && /^\d+(?:\.\d+)?$/.test(given) ? Number(given) : given;
  return typeof score === 'number' && score >= LOWEST && score <= HIGHEST ? score : undefined;
}

function feedbackOf(name: string, value: JsonValue | undefined): [string, string][] {
  return isObject(value) && typeof value.feedback === 'string' ? [[name, value.feedback]] : [];
}

/** They decide nothing, so what is no text among them is left out. */
function readImprovements(value: JsonValue | undefined): string[] {
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return texts.map((text) => text.trim()).filter((text) => !isBlank(text));
}
