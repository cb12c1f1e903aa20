import { asArray, asString, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank, normalizeText } from '../../domain/shared/text.ts';
import type { Judgement, Message, Signals } from '../../schemas/evidence.ts';
import type { VerdictWord } from '../../schemas/vocabulary.ts';
import { noSignals, outcomeOf } from './drafts.ts';
import { outcomeOfVerdict } from './human-label.ts';
import { comparesWithTarget, hearScores, type Hearing } from './inspect-scores.ts';
import type { EvidenceDraft } from './source-adapter.ts';

/** How a sample turned out and everything its log says about it. */
export function inspectSignals(
  sample: JsonObject,
  log: JsonObject,
  messages: readonly Message[],
): Pick<EvidenceDraft, 'outcome' | 'signals'> {
  const hearings = hearScores(sample, log);
  const truths = gradesAs('truth', hearings);
  const judges = gradesAs('judge', hearings).map(judgementOf);
  const human = gradesAs('human', hearings).map(judgementOf);
  const error = errorOf(sample, log);
  const limit = isObject(sample.limit) ? asString(sample.limit.type) : asString(sample.limit);
  return {
    outcome: outcomeFor(truths, human, judges),
    signals: {
      ...noSignals(),
      human,
      judges,
      ...measuredBy(truths),
      ...(error !== undefined && { error }),
      ...(limit !== undefined && { exit_status: `limit: ${limit}` }),
      // An operator who ends a sample cancels it; every other limit cuts it.
      cancelled: log.status === 'cancelled' || limit === 'operator',
      truncated: (limit !== undefined && limit !== 'operator') || wasCutShort(sample.output),
      proxies: {
        ...Object.fromEntries(hearings.filter((hearing) => hearing.as === 'noted').map(({ by, value }) => [`score ${by}`, value])),
        ...(isReference(sample, hearings, messages) && { equals_reference: true }),
      },
    },
  };
}

type Grade = Extract<Hearing, { readonly as: 'truth' | 'judge' | 'human' }>;

function gradesAs(as: Grade['as'], hearings: readonly Hearing[]): Grade[] {
  return hearings.filter((hearing): hearing is Grade => hearing.as === as);
}

/** What broke off the sample, or the whole log. A log without an end was left by its program, or is still being written. */
function errorOf(sample: JsonObject, log: JsonObject): string | undefined {
  if (isObject(sample.error) || typeof sample.error === 'string') return messageOf(sample.error) ?? 'the sample ended with an error';
  if (isObject(sample.invalidation)) return `the sample was declared invalid: ${asString(sample.invalidation.reason) ?? 'no reason given'}`;
  if (log.status === 'error') return `the log ended with an error: ${messageOf(log.error) ?? 'no message'}`;
  if (log.status === 'success' || log.status === 'cancelled') return undefined;
  return 'the log does not say that it ended';
}

function messageOf(error: JsonValue | undefined): string | undefined {
  return isObject(error) ? asString(error.message) : asString(error);
}

function wasCutShort(output: JsonValue | undefined): boolean {
  const [choice] = (isObject(output) ? asArray(output.choices) : undefined) ?? [];
  const reason = isObject(choice) ? asString(choice.stop_reason) : undefined;
  return reason === 'max_tokens' || reason === 'model_length';
}

/** Several measuring scorers: the worst counts. */
function outcomeFor(truths: readonly Grade[], human: readonly Judgement[], judges: readonly Judgement[]): EvidenceDraft['outcome'] {
  if (truths.length > 0) return outcomeOf(smallestOf(truths.map(({ value }) => value)), 'reward');
  if (human[0] !== undefined) return outcomeOfVerdict(human[0].verdict);
  const values = judges.flatMap(({ value }) => value ?? []);
  return values.length === 0 ? outcomeOf(null, 'none') : outcomeOf(smallestOf(values), 'judge');
}

/** Where one scorer says right and another one does not, both stand in the record, so that the rules see a contradiction. */
function measuredBy(truths: readonly Grade[]): Pick<Signals, 'reward' | 'tests'> {
  if (truths.length === 0) return {};
  const values = truths.map(({ value }) => value);
  const reward = smallestOf(values);
  const isDisputed = reward < 1 && values.includes(1);
  const detail = truths.map(({ by, value }) => `${by}: ${value}`).join(', ');
  return { reward, ...(isDisputed && { tests: { passed: true, detail } }) };
}

/** Not `Math.min(...)`, which takes no more arguments than the stack has room for. */
function smallestOf(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value));
}

function judgementOf({ by, value }: Grade): Judgement {
  const verdict: VerdictWord = value >= 1 ? 'yes' : value <= 0 ? 'no' : 'partial';
  return { by, verdict, value };
}

/** An answer up to this length may be what everybody says who is right. */
const MAX_SHORT_ANSWER_CHARS = 100;

/**
 * True when the answer is the target word for word, although it is too long for that to come about by being right. Where a scorer holds the answer
 * against the target, to equal it is what was asked for, at any length.
 */
function isReference(sample: JsonObject, hearings: readonly Hearing[], messages: readonly Message[]): boolean {
  if (hearings.some(({ by }) => comparesWithTarget(by))) return false;
  const said = normalizeText(messages.findLast(({ role, content }) => role === 'assistant' && !isBlank(content))?.content ?? '');
  if (said.length <= MAX_SHORT_ANSWER_CHARS) return false;
  return (asArray(sample.target) ?? [sample.target]).some((target) => normalizeText(asText(target) ?? '') === said);
}
