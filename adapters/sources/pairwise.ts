import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Message } from '../../schemas/evidence.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, refuse } from './drafts.ts';
import { readComparison, type Comparison } from './pairwise-rows.ts';
import { weighVotes, type Side, type Vote } from './pairwise-votes.ts';
import { shortHash } from './short-hash.ts';
import type { Detection, Draft, FileSample, RawRecord, RecordContext, SourceAdapter } from './source-adapter.ts';

/**
 * Two answers to the same request and the votes of one or more raters: rows of the Chatbot Arena, of MT-Bench, and plain ones with `prompt`, `response_a`,
 * `response_b`. Each answer is an attempt. Where a file holds one vote a row, the rows of one pair are read together, because raters may disagree.
 */
export const pairwise: SourceAdapter = { name: 'pairwise', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  const first = sample.firstElement;
  if (first?.container === 'array')
    return isComparison(first.value)
      ? { layout: 'elements', confidence: 0.95, reason: 'an array of pairs of answers with votes' }
      : undefined;
  const rows = sample.lines.filter(isComparison);
  if (rows.length > 0 && rows.length * 2 >= sample.lines.length && sample.leadingNoise === 0) {
    return hasOneVoteARow(rows)
      ? { layout: 'session', confidence: 0.95, reason: 'lines with one vote each on pairs of answers' }
      : { layout: 'lines', confidence: 0.95, reason: 'lines of pairs of answers with votes' };
  }
  return isComparison(sample.document) ? { layout: 'document', confidence: 0.9, reason: 'a pair of answers with votes' } : undefined;
}

function isComparison(value: JsonValue | undefined): boolean {
  if (!isObject(value)) return false;
  const hasAnswers =
    (Array.isArray(value.conversation_a) && Array.isArray(value.conversation_b)) ||
    ('prompt' in value && 'response_a' in value && 'response_b' in value);
  return hasAnswers && ('winner' in value || 'votes' in value || 'winner_model_a' in value);
}

/** The questions of MT-Bench are numbered and each is put to many raters; elsewhere a pair that comes back within the sample gives it away. */
function hasOneVoteARow(rows: readonly JsonValue[]): boolean {
  const pairs = rows.flatMap((row) => readComparison(row, {})).map((read) => (typeof read === 'string' ? read : pairKey(read)));
  const isNumbered = rows.every((row) => isObject(row) && typeof row.question_id === 'number' && 'judge' in row && 'turn' in row);
  return isNumbered || new Set(pairs).size < pairs.length;
}

/** All votes on one pair of answers, and the rows they stand in. */
interface Ballot {
  readonly pair: Comparison;
  readonly place: RawRecord;
  readonly rows: JsonValue[];
  readonly votes: Vote[];
}

function normalize(record: RawRecord, context: RecordContext): readonly Draft[] {
  const rows = Array.isArray(record.value) ? record.value : [record.value];
  const refused: Draft[] = [];
  const ballots = new Map<string, Ballot>();
  for (const [index, row] of rows.entries()) {
    const place = Array.isArray(record.value) ? placeOfLine(record, index) : record;
    const read = isObject(row) ? readComparison(row, context.options) : undefined;
    if (read === undefined) refused.push(refuse(place, 'not_an_object', `pair: expected an object, found ${describeValue(row)}`));
    else if (typeof read === 'string') refused.push(refuse(place, 'missing_field', read));
    else cast(ballots, read, row, place);
  }
  if (rows.length === 0) return [refuse(record, 'missing_field', 'pairs: expected at least one, found none')];
  return [...refused, ...[...ballots.values()].flatMap((ballot) => [draftOfSide(ballot, 'a'), draftOfSide(ballot, 'b')])];
}

function placeOfLine(record: RawRecord, index: number): RawRecord {
  const line = record.lines?.[index] ?? record.line + index;
  return { ...record, locator: { ...record.locator, line }, line };
}

/** Raters may have seen the same two answers in the other order. */
function cast(ballots: Map<string, Ballot>, read: Comparison, row: JsonValue, place: RawRecord): void {
  const key = pairKey(read);
  const ballot = ballots.get(key);
  if (ballot === undefined) {
    ballots.set(key, { pair: read, place, rows: [row], votes: [...read.votes] });
    return;
  }
  const isSwapped = sideKey(read, 'a') !== sideKey(ballot.pair, 'a');
  ballot.rows.push(row);
  for (const vote of read.votes) ballot.votes.push(isSwapped ? swapped(vote) : vote);
}

function pairKey(pair: Comparison): string {
  return [sideKey(pair, 'a'), sideKey(pair, 'b')].sort().join('\n');
}

function sideKey(pair: Comparison, side: Side): string {
  return canonicalJson([pair.models[side], pair.turns[side]] as unknown as JsonValue);
}

function swapped(vote: Vote): Vote {
  return vote.choice === 'a' ? { ...vote, choice: 'b' } : vote.choice === 'b' ? { ...vote, choice: 'a' } : vote;
}

/** A pair that stands in one row is signed by that row, else by the list of its rows. */
function draftOfSide({ pair, place, rows, votes }: Ballot, side: Side): Draft {
  const [only, ...more] = rows;
  return draftOf(place, {
    signed: more.length === 0 ? (only ?? null) : rows,
    branch: side,
    task: { id: pair.questionId, key: `pairwise/${shortHash(requestsIn(pair.turns.a), 16)}`, text: firstRequest(pair.turns.a) },
    messages: [...pair.turns[side]],
    ...weighVotes(votes, side),
    recordedAt: pair.recordedAt,
    model: pair.models[side],
  });
}

/** Turns of one conversation are different tasks, and the same question is one task whoever answers it. */
function requestsIn(turns: readonly Message[]): string {
  return canonicalJson(turns.filter(({ role }) => role === 'user').map(({ content }) => content));
}

function firstRequest(turns: readonly Message[]): string {
  return turns.find(({ role }) => role === 'user')?.content ?? '';
}
