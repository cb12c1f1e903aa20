import { asString, asText, isObject, type JsonValue } from '../shared/json.ts';
import { parseStrictJson, StrictJsonError } from '../shared/strict-json.ts';
import { isBlank } from '../shared/text.ts';

/** What a line of a batch holds. `line` counts from 1. */
export type BatchLine =
  | { readonly kind: 'metadata' }
  | {
      readonly kind: 'question';
      readonly question_id: string;
      readonly question: string;
      readonly hypothesis: string;
      /** The right answer where the row tells one. */
      readonly reference: string | null;
      /** Models that the row says took part in the answer. */
      readonly models: readonly string[];
    }
  | { readonly kind: 'upstream_error'; readonly question_id: string; readonly error: string }
  | { readonly kind: 'malformed'; readonly question_id: string; readonly error: string };

/** Reads a line, blank ones aside, of a file of answers: its own errors stay errors, and what cannot be judged is malformed, never left out. */
export function readBatchLine(text: string, line: number): BatchLine {
  const value = parse(text);
  const question_id = (isObject(value) && asText(value.question_id)) || `line-${line}`;
  const malformed = (error: string): BatchLine => ({ kind: 'malformed', question_id, error });
  if (value === undefined) return malformed(`line ${line} is not JSON`);
  if (!isObject(value)) return malformed(`line ${line} is not a JSON object`);
  if (value.kind === 'by_type_summary') return { kind: 'metadata' };
  const { error, question, hypothesis } = value;
  if (error !== undefined && error !== null && error !== false && error !== '') {
    return { kind: 'upstream_error', question_id, error: asString(error) ?? 'the row says that it failed' };
  }
  if (typeof question !== 'string' || isBlank(question)) return malformed(`line ${line} has no question`);
  if (typeof hypothesis !== 'string' || isBlank(hypothesis)) return malformed(`line ${line} has no hypothesis`);
  const reference = asText(value.answer) ?? null;
  const models = [value.reader_model, value.reader_model_snapshot, value.model].flatMap((model) => asString(model) ?? []);
  return { kind: 'question', question_id, question, hypothesis, reference, models };
}

function parse(text: string): JsonValue | undefined {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}
