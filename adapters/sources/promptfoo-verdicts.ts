import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank, normalizeText } from '../../domain/shared/text.ts';
import type { Judgement } from '../../schemas/evidence.ts';
import { noSignals, outcomeOf } from './drafts.ts';
import { outcomeOfVerdict } from './human-label.ts';
import { assertionsOf, verdictsOf, type Verdict } from './promptfoo-assertions.ts';
import { outputText } from './promptfoo-call.ts';
import type { EvidenceDraft } from './source-adapter.ts';

type Assessment = Pick<EvidenceDraft, 'outcome' | 'signals'>;

/**
 * What a promptfoo result says about its answer. Where tests took part, `success` is the outcome and the tests stay as a signal, so that a test that
 * failed by something else (a grader, the latency) contradicts itself and nobody takes it for good. A result without assertions is a success of nothing.
 */
export function assessResult(result: JsonObject, success: boolean): Assessment {
  const error = errorOf(result);
  const verdicts = error === undefined ? verdictsOf(result, success) : [];
  const of = (kind: Verdict['kind']): Verdict[] => verdicts.filter((verdict) => verdict.kind === kind);
  const [tests, human, measures] = [of('test'), of('human').map(asHumanWord), of('measure')];
  const judges = judgesOf(of('judge'));
  const brokenGraders = verdicts.filter(({ isBroken }) => isBroken).length;
  const signals: Assessment['signals'] = {
    ...noSignals(),
    human,
    judges,
    ...(tests.length > 0 && { tests: wordOfTests(tests, tests.length === verdicts.length, success) }),
    ...(error !== undefined && { error }),
    cancelled: error?.startsWith('Aborted: ') === true,
    truncated: isObject(result.response) && result.response.finishReason === 'length',
    proxies: {
      ...Object.fromEntries(measures.map(({ type, passed }) => [type, passed])),
      ...(verdicts.length === measures.length + brokenGraders && { success }),
      ...(brokenGraders > 0 && { grader_errors: brokenGraders }),
      ...(isObject(result.response) && result.response.cached === true && { cached: true }),
      ...(equalsReference(result) && { equals_reference: true }),
    },
  };
  return { outcome: outcomeFrom(human, tests, judges, success), signals };
}

/** What went wrong with the call. A failed assertion leaves its reason in `error` too, and is no error. */
function errorOf(result: JsonObject): string | undefined {
  const { failureReason, gradingResult, response } = result;
  const text = asString(result.error) ?? (isObject(response) ? asString(response.error) : undefined) ?? '';
  if (failureReason === FAILED_BY_ERROR) return isBlank(text) ? 'unknown error' : text;
  return isBlank(text) || failureReason === FAILED_BY_ASSERTION || isObject(gradingResult) ? undefined : text;
}

const FAILED_BY_ASSERTION = 1;
const FAILED_BY_ERROR = 2;

function asHumanWord({ type, passed }: Verdict): Judgement {
  return { by: type, verdict: passed ? 'yes' : 'no' };
}

/** Where nothing but tests took part, `success` is their joint word: a test may ask for less than all of them. */
function wordOfTests(tests: readonly Verdict[], areAlone: boolean, success: boolean): { passed: boolean; detail?: string } {
  const failed = tests.filter(({ passed }) => !passed).map(({ type }) => type);
  const passed = areAlone ? success : failed.length === 0;
  return failed.length === 0 ? { passed } : { passed, detail: `failed: ${failed.join(', ')}` };
}

/** One grader that was asked the same kind of question several times is one judge, who says yes only when every answer is yes. */
function judgesOf(graded: readonly Verdict[]): Judgement[] {
  const asked = new Map<string, Verdict[]>();
  for (const verdict of graded.filter(({ isBroken }) => !isBroken)) {
    const by = verdict.grader === undefined ? verdict.type : `${verdict.type} (${verdict.grader})`;
    asked.set(by, [...(asked.get(by) ?? []), verdict]);
  }
  return [...asked].map(([by, verdicts]) => {
    const [only] = verdicts;
    const value = verdicts.length === 1 ? only?.score : undefined;
    const verdict = verdicts.every(({ passed }) => passed) ? 'yes' : 'no';
    return { by, verdict, ...(value !== undefined && { value }) };
  });
}

function outcomeFrom(
  human: readonly Judgement[],
  tests: readonly Verdict[],
  judges: readonly Judgement[],
  success: boolean,
): Assessment['outcome'] {
  if (human.length > 0) return outcomeOfVerdict(human.some(({ verdict }) => verdict === 'no') ? 'no' : 'yes');
  if (tests.length > 0) return outcomeOf(Number(success), 'tests');
  if (judges.length === 0) return outcomeOf(null, 'none');
  return outcomeOf(judges.filter(({ verdict }) => verdict === 'yes').length / judges.length, 'judge');
}

/** True when the answer is, word for word, what an assertion expected. */
function equalsReference(result: JsonObject): boolean {
  const vars = isObject(result.vars) ? result.vars : {};
  const said = comparable(isObject(result.response) ? result.response.output : undefined, {});
  if (said === '') return false;
  const wanted = assertionsOf(result).filter(({ type }) => asString(type)?.startsWith('not-') === false);
  return wanted.some(({ value }) => (Array.isArray(value) ? value : [value]).some((expected) => comparable(expected, vars) === said));
}

function comparable(value: JsonValue | undefined, vars: JsonObject): string {
  if (typeof value !== 'string') return normalizeText(outputText(value));
  const text = outputText(value).replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (template, name: string) => asString(vars[name]) ?? template);
  const trimmed = normalizeText(text);
  return /^[[{]/.test(trimmed) ? canonicalOf(trimmed) : trimmed;
}

/** JSON is the same whatever its spaces and the order of its keys. */
function canonicalOf(text: string): string {
  try {
    return canonicalJson(JSON.parse(text) as JsonValue);
  } catch {
    return text;
  }
}
