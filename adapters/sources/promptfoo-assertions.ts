import { asArray, asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

/** Whose word an assertion is. `measure`: says something of the call and nothing of the answer. */
export type AssertionKind = 'test' | 'judge' | 'human' | 'measure';

/** One assertion and what it came to. */
export interface Verdict {
  readonly type: string;
  readonly kind: AssertionKind;
  readonly passed: boolean;
  readonly score: number | undefined;
  /** The model that was asked, where the assertion names it. */
  readonly grader: string | undefined;
  /** True when the grader gave no verdict, so that `passed` says nothing. */
  readonly isBroken: boolean;
}

/**
 * The assertions of a result, each with its verdict: the parts of its grading, or, where those were left out, the assertions of its test as far as
 * `success` alone decides them.
 */
export function verdictsOf(result: JsonObject, success: boolean): Verdict[] {
  const grading = isObject(result.gradingResult) ? result.gradingResult : {};
  const parts = asArray(grading.componentResults) ?? (isObject(grading.assertion) ? [grading] : undefined);
  return parts === undefined ? decidedBySuccess(assertionsOf(result), success) : verdictsIn(parts);
}

/** The assertions of a result's test, those of sets included; where the test is not told, those of its grading. */
export function assertionsOf(result: JsonObject): JsonObject[] {
  const test = isObject(result.testCase) ? result.testCase : {};
  const grading = isObject(result.gradingResult) ? result.gradingResult : {};
  const graded = (asArray(grading.componentResults) ?? []).map((part) => (isObject(part) ? (part.assertion ?? null) : null));
  return (asArray(test.assert) ?? [])
    .flatMap((assertion) => (isObject(assertion) && Array.isArray(assertion.assert) ? assertion.assert : [assertion]))
    .concat(graded)
    .filter(isObject);
}

/** Closed list: an assertion of any other type, known or to come, is taken for an opinion. */
const TESTS: ReadonlySet<string> = new Set([
  'bleu',
  'character-count',
  'contains',
  'contains-all',
  'contains-any',
  'contains-html',
  'contains-json',
  'contains-sql',
  'contains-xml',
  'ends-with',
  'equals',
  'gleu',
  'icontains',
  'icontains-all',
  'icontains-any',
  'is-html',
  'is-json',
  'is-refusal',
  'is-sql',
  'is-valid-function-call',
  'is-valid-openai-function-call',
  'is-valid-openai-tools-call',
  'is-xml',
  'javascript',
  'levenshtein',
  'meteor',
  'python',
  'regex',
  'rouge-n',
  'ruby',
  'skill-used',
  'starts-with',
  'tool-call-f1',
  'trajectory:tool-args-match',
  'trajectory:tool-sequence',
  'trajectory:tool-used',
  'word-count',
]);

const MEASURES: ReadonlySet<string> = new Set([
  'cost',
  'finish-reason',
  'latency',
  'max-score',
  'perplexity',
  'perplexity-score',
  'tokens-used',
  'trace-error-spans',
  'trace-span-count',
  'trace-span-duration',
  'trajectory:step-count',
]);

function kindOf(assertion: JsonObject, type: string): AssertionKind {
  const base = type.replace(/^not-/, '');
  if (base === 'human') return 'human';
  if (assertion.metricOnly === true || MEASURES.has(base)) return 'measure';
  return TESTS.has(base) ? 'test' : 'judge';
}

/** A set has no assertion of its own, its members follow it. What a script broke its verdict down into follows it too, and is no verdict. */
function verdictsIn(parts: readonly JsonValue[]): Verdict[] {
  const verdicts: Verdict[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (!isObject(part) || !isObject(part.assertion) || typeof part.pass !== 'boolean') continue;
    const isBroken = isObject(part.metadata) && part.metadata.graderError === true;
    verdicts.push({ ...verdictOf(part.assertion, part.pass), score: asNumber(part.score), isBroken });
    at += asArray(part.componentResults)?.length ?? 0;
  }
  return verdicts;
}

function verdictOf(assertion: JsonObject, passed: boolean): Verdict {
  const type = asString(assertion.type) ?? 'unnamed';
  const { provider } = assertion;
  const grader = isObject(provider) ? asString(provider.id) : asString(provider);
  return { type, kind: kindOf(assertion, type), passed, score: undefined, grader, isBroken: false };
}

/** A success is one of every assertion; a failure is one of a certain kind only where there is but one. */
function decidedBySuccess(assertions: readonly JsonObject[], success: boolean): Verdict[] {
  const verdicts = assertions.map((assertion) => verdictOf(assertion, success));
  return success || new Set(verdicts.map(({ kind }) => kind)).size === 1 ? verdicts : [];
}
