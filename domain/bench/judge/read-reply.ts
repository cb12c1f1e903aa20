import { JUDGE_DIMENSIONS, type JudgeDimension } from '../../../schemas/vocabulary.ts';
import { isObject, type JsonValue } from '../../shared/json.ts';
import { parseStrictJson, StrictJsonError } from '../../shared/strict-json.ts';
import { JUDGE_SCALE } from './messages.ts';

/** One whole number from 1 to 5 for every dimension. */
export type JudgeScores = Readonly<Record<JudgeDimension, number>>;

/** The scores in a judge's reply; undefined unless it is exactly the object that was asked for. A code fence around the whole reply is forgiven. */
export function readJudgeReply(reply: string): JudgeScores | undefined {
  const value = parse(/^```(?:json)?\s*([^`]*)```$/.exec(reply.trim())?.[1] ?? reply);
  if (!isObject(value) || Object.keys(value).length !== JUDGE_DIMENSIONS.length) return undefined;
  return JUDGE_DIMENSIONS.every((dimension) => isScore(value[dimension])) ? (value as unknown as JudgeScores) : undefined;
}

function parse(text: string): JsonValue | undefined {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}

function isScore(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= JUDGE_SCALE.lowest && value <= JUDGE_SCALE.highest;
}
