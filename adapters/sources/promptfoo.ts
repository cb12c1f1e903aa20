import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { asArray, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Message } from '../../schemas/evidence.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, refuse } from './drafts.ts';
import { callOf } from './promptfoo-call.ts';
import { assessResult } from './promptfoo-verdicts.ts';
import { shortHash } from './short-hash.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, SourceAdapter } from './source-adapter.ts';
import { parseTimestamp } from './timestamps.ts';

/**
 * Results of promptfoo: the file it exports (summaries of version 2 and 3), or one result a line or element. Every combination of prompt and provider
 * is an attempt at the test's task. What deterministic assertions say is a test's word, what graded ones say a judge's.
 */
export const promptfoo: SourceAdapter = { name: 'promptfoo', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  if (isResultsFile(sample.document) || (!sample.complete && BEGINS_A_RESULTS_FILE.test(sample.head)))
    return { layout: 'document', confidence: 0.95, reason: 'an evaluation with results of prompts and providers' };
  if (sample.firstElement?.container === 'array')
    return isResult(sample.firstElement.value)
      ? { layout: 'elements', confidence: 0.95, reason: 'an array of results with prompt, provider and success' }
      : undefined;
  const results = sample.lines.filter(isResult).length;
  if (results === 0 || results * 2 < sample.lines.length || sample.leadingNoise > 0) return undefined;
  return { layout: 'lines', confidence: 0.95, reason: `${results} of the first ${sample.lines.length} lines are results of an evaluation` };
}

/** The head of a file too long to be seen whole. */
const BEGINS_A_RESULTS_FILE =
  /^\s*\{\s*(?:"\w+"\s*:\s*(?:"[^"]*"|null|\d+)\s*,\s*)*"results"\s*:\s*\{\s*"version"\s*:\s*\d+\s*,\s*"timestamp"\s*:\s*"[^"]*"\s*,\s*"(?:prompts|results|table|stats)"/;

function isResultsFile(value: JsonValue | undefined): boolean {
  if (!isObject(value) || !isObject(value.results) || !('version' in value.results || 'stats' in value.results)) return false;
  const [first, ...more] = asArray(value.results.results) ?? [null];
  return first === undefined ? more.length === 0 : isResult(first);
}

function isResult(value: JsonValue): boolean {
  if (!isObject(value) || typeof value.success !== 'boolean' || promptOf(value) === undefined) return false;
  return 'provider' in value && ('score' in value || 'gradingResult' in value);
}

/** What all results of a file share. */
interface Evaluation {
  readonly id: string | null;
  readonly recordedAt: string | null;
}

function normalize(record: RawRecord): readonly Draft[] {
  const { value } = record;
  if (!isObject(value) || !isObject(value.results)) return [draftOfResult(record, { id: null, recordedAt: null })];
  const results = asArray(value.results.results);
  if (results === undefined || results.length === 0)
    return [refuse(record, 'missing_field', `results.results: expected results, found ${describeValue(value.results.results)}`)];
  const evaluation = { id: asString(value.evalId) ?? null, recordedAt: parseTimestamp(value.results.timestamp ?? value.createdAt) };
  return results.map((result, index) => {
    const pointer = `${record.locator.pointer ?? ''}/results/results/${index}`;
    return draftOfResult({ value: result, locator: { ...record.locator, pointer }, line: record.line }, evaluation);
  });
}

function draftOfResult(record: RawRecord, evaluation: Evaluation): Draft {
  const result = record.value;
  if (!isObject(result)) return refuse(record, 'not_an_object', `result: expected an object, found ${describeValue(result)}`);
  const prompt = promptOf(result);
  if (prompt === undefined) return refuse(record, 'missing_field', 'prompt.raw: expected text');
  const { success } = result;
  if (typeof success !== 'boolean')
    return refuse(record, 'missing_field', `success: expected true or false, found ${describeValue(success)}`);
  const { asked, answered, ...call } = callOf(result, prompt);
  return draftOf(record, {
    task: taskOf(result, asked),
    messages: [...asked, ...answered],
    ...assessResult(result, success),
    ...call,
    recordedAt: evaluation.recordedAt,
    parent_id: evaluation.id ?? asString(result.evaluationId) ?? null,
  });
}

/** The prompt as it was sent; the oldest files hold nothing else of it. */
function promptOf(result: JsonObject): string | undefined {
  return isObject(result.prompt) ? asString(result.prompt.raw) : asString(result.prompt);
}

/**
 * The test as it was set: its variables, description and assertions. Neither prompt nor provider is part of it; only a test that says nothing of itself
 * is known by what was asked.
 */
function taskOf(result: JsonObject, asked: readonly Message[]): EvidenceDraft['task'] {
  const test = isObject(result.testCase) ? result.testCase : {};
  const description = asString(test.description) ?? asString(result.description) ?? null;
  const vars = ownVars(test.vars ?? result.vars);
  const text = asked.find(({ role }) => role === 'user')?.content ?? '';
  const isTold = description !== null || Object.keys(vars).length > 0;
  const told = isTold ? canonicalJson({ description, vars, assert: (asArray(test.assert) ?? []).map(assertionSetting) }) : text;
  return { id: description, key: `promptfoo/${shortHash(told, 16)}`, text };
}

/** Without the variables promptfoo sets itself, which differ from call to call. */
function ownVars(vars: JsonValue | undefined): JsonObject {
  if (!isObject(vars)) return {};
  return Object.fromEntries(Object.entries(vars).filter(([name]) => !name.startsWith('_') && name !== 'sessionId'));
}

function assertionSetting(assertion: JsonValue): JsonValue {
  return isObject(assertion) ? [assertion.type ?? null, assertion.value ?? null] : assertion;
}
