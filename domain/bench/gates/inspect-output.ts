import type { AttemptGates } from '../../../schemas/bench-attempt.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { checkOutput, type OutputCheck } from './check-output.ts';
import { findRefusals, findRefusalsAtStart } from './detect-refusal.ts';
import { echoSimilarity, textsIn } from './echo-similarity.ts';
import { measureEntitySanity } from './entity-sanity.ts';

/** What an answer was given to: the event's source, and its content as the corpus holds it. */
export interface AskedEvent {
  readonly source: string;
  readonly redacted_content: string;
}

/** What was found in one answer, as its line in the run file says it. */
export interface InspectedOutput {
  readonly parsed_output: JsonObject | null;
  readonly gates: AttemptGates;
}

/** A summary shorter than this says nothing. */
const TRIVIAL_CHARS = 4;

/** Holds an answer against everything that is looked for in a single one. Never throws, whatever the text. */
export function inspectOutput(raw: string, event: AskedEvent): InspectedOutput {
  const check = checkOutput(raw, event.source);
  const { schema_valid, schema_errors, parsed_output } = check;
  const refusals = refusalsOf(raw, check);
  return {
    parsed_output,
    gates: {
      schema_valid,
      schema_errors,
      refusal_detected: refusals.length > 0,
      refusal_patterns_matched: refusals,
      trivial_summary: isTrivial(parsed_output),
      echo_similarity: echoSimilarity(parsed_output === null ? [raw] : textsIn(parsed_output), inputTexts(event)),
      entity_type_sanity: parsed_output === null ? {} : measureEntitySanity(parsed_output),
      call_error: null,
    },
  };
}

/** What is said of a call that brought no answer; `reason` tells what went wrong, without any text of the answer. */
export function gatesOfFailedCall(reason: string): AttemptGates {
  return {
    schema_valid: false,
    schema_errors: [],
    refusal_detected: null,
    refusal_patterns_matched: [],
    trivial_summary: null,
    echo_similarity: null,
    entity_type_sanity: {},
    call_error: reason,
  };
}

function refusalsOf(raw: string, { schema_valid, parsed_output }: OutputCheck): string[] {
  const summary = parsed_output?.summary;
  return schema_valid && typeof summary === 'string' ? findRefusalsAtStart(summary) : findRefusals(raw);
}

function isTrivial(output: JsonObject | null): boolean {
  if (output === null) return false;
  const { summary } = output;
  return typeof summary !== 'string' || [...summary.trim()].length < TRIVIAL_CHARS;
}

function inputTexts({ redacted_content }: AskedEvent): string[] {
  try {
    return textsIn(JSON.parse(redacted_content) as JsonValue);
  } catch {
    return [redacted_content];
  }
}
