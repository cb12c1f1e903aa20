import { asArray, asCount, asString, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';
import { chatMessages } from './chat-messages.ts';
import { describeValue } from './describe-value.ts';
import { contentText } from './drafts.ts';
import type { Choice, Side, Vote } from './pairwise-votes.ts';
import { parseTimestamp } from './timestamps.ts';

/** One row: two conversations that answer the same requests, and what was said of them. */
export interface Comparison {
  readonly questionId: string | null;
  readonly turns: Readonly<Record<Side, readonly Message[]>>;
  readonly models: Readonly<Record<Side, string | null>>;
  readonly votes: readonly Vote[];
  readonly recordedAt: string | null;
}

/** Options of a source: `model_judges` lists raters that are models, or is true where all of them are. */
type Options = Readonly<Record<string, JsonValue>>;

/** The comparison a row holds, or which field is not what it has to be. */
export function readComparison(value: JsonValue, options: Options): Comparison | string {
  if (!isObject(value)) return `pair: expected an object, found ${describeValue(value)}`;
  const row = value;
  const a = turnsOf(row, 'a');
  const b = turnsOf(row, 'b');
  if (typeof a === 'string') return a;
  if (typeof b === 'string') return b;
  const votes = votesOf(row, options);
  if (typeof votes === 'string') return votes;
  return {
    questionId: asText(row.question_id ?? row.id) ?? null,
    turns: { a, b },
    models: { a: asString(row.model_a) ?? null, b: asString(row.model_b) ?? null },
    votes,
    recordedAt: parseTimestamp(row.tstamp ?? row.timestamp ?? row.created_at),
  };
}

function turnsOf(row: JsonObject, side: Side): Message[] | string {
  const field = `conversation_${side}`;
  if (row[field] === undefined) return exchangeOf(row.prompt, row[`response_${side}`], `response_${side}`);
  const messages = chatMessages(row[field], field);
  return typeof messages === 'string' ? messages : upToTurn(messages, asCount(row.turn));
}

/** MT-Bench keeps both turns of a conversation and says which one was judged: what comes after was not. */
function upToTurn(messages: Message[], turn: number | undefined): Message[] {
  const asked = messages.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  const next = turn === undefined || turn === 0 ? undefined : asked[turn];
  return next === undefined ? messages : messages.slice(0, next);
}

/** A request and its answer; of several turns both are lists, also when the list is written as text. A request may be a conversation that goes on. */
function exchangeOf(prompt: JsonValue | undefined, response: JsonValue | undefined, field: string): Message[] | string {
  const answers = textsOf(response);
  if (answers === undefined) return `${field}: expected text, found ${describeValue(response)}`;
  if (asArray(prompt)?.some(isObject) === true) {
    const asked = chatMessages(prompt, 'prompt');
    return typeof asked === 'string' ? asked : [...asked, ...answerTurn(answers.join('\n'))];
  }
  const requests = textsOf(prompt);
  if (requests === undefined) return `prompt: expected text, found ${describeValue(prompt)}`;
  if (requests.length !== answers.length) return `${field}: expected ${requests.length} texts as in the prompt, found ${answers.length}`;
  return requests.flatMap((content, index): Message[] => [{ role: 'user', content }, ...answerTurn(answers[index] ?? '')]);
}

function answerTurn(content: string): Message[] {
  return isBlank(content) ? [] : [{ role: 'assistant', content }];
}

function textsOf(value: JsonValue | undefined): string[] | undefined {
  const listed = typeof value === 'string' && value.startsWith('["') ? (listIn(value) ?? value) : value;
  const texts = (asArray(listed) ?? [listed ?? '']).map((item) => (value === undefined ? undefined : contentText(item)));
  return texts.length > 0 && texts.every((text) => text !== undefined) ? texts : undefined;
}

function listIn(text: string): JsonValue[] | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return asArray(value)?.every((item) => typeof item === 'string' || item === null) === true ? asArray(value) : undefined;
  } catch {
    return undefined;
  }
}

function votesOf(row: JsonObject, options: Options): Vote[] | string {
  if (row.votes === undefined) {
    const choice = choiceOf(winnerOf(row), row);
    if (choice === undefined) return `winner: expected model_a, model_b or a tie, found ${describeValue(winnerOf(row))}`;
    return [voteOf(raterOf(row.judge ?? row.by), choice, row, options)];
  }
  const listed = asArray(row.votes);
  if (listed === undefined || listed.length === 0) return `votes: expected a list with at least one, found ${describeValue(row.votes)}`;
  const votes: Vote[] = [];
  for (const [index, vote] of listed.entries()) {
    const told = isObject(vote) ? vote : { choice: vote };
    const chosen = told.choice ?? told.winner ?? told.vote;
    const choice = choiceOf(chosen, row);
    if (choice === undefined) return `votes[${index}].choice: expected a, b or tie, found ${describeValue(chosen)}`;
    votes.push(voteOf(raterOf(told.by ?? told.judge ?? told.rater), choice, told, options));
  }
  return votes;
}

/** Some rows mark the winner in one of three columns. */
function winnerOf(row: JsonObject): JsonValue | undefined {
  if (row.winner !== undefined) return row.winner;
  const isMarked = (value: JsonValue | undefined): boolean => value === 1 || value === true;
  if (isMarked(row.winner_model_a)) return 'model_a';
  if (isMarked(row.winner_model_b)) return 'model_b';
  return isMarked(row.winner_tie) ? 'tie' : undefined;
}

function choiceOf(value: JsonValue | undefined, row: JsonObject): Choice | undefined {
  const word = asString(value)?.trim().toLowerCase();
  if (word === undefined) return undefined;
  const side = /^(?:(?:model|response|answer|assistant|conversation)[_ ])?([ab])$/.exec(word)?.[1];
  if (side === 'a' || side === 'b') return side;
  if (/^(?:tie ?\()?both[_ ]?bad\)?$|^neither$/.test(word)) return 'neither';
  if (/^tie\b|^draw$|^equal$/.test(word)) return 'tie';
  const isNamed = row.model_a !== row.model_b;
  return isNamed && value === row.model_a ? 'a' : isNamed && value === row.model_b ? 'b' : undefined;
}

/** A judge is a name, or a name with the prompt it was given. */
function raterOf(value: JsonValue | undefined): string {
  const name = Array.isArray(value) ? value.map((part) => asText(part) ?? '').join(' ') : asText(value);
  return name === undefined || isBlank(name) ? 'rater' : name;
}

function voteOf(by: string, choice: Choice, told: JsonObject, { model_judges: models }: Options): Vote {
  const isListed = models === true || (asArray(models)?.includes(by) ?? false);
  return { by, choice, isModel: isListed || told.kind === 'model' || (told.kind !== 'human' && MODEL_NAME.test(by)) };
}

/** Families of models that serve as judges. A person who is called like one is taken for an opinion, which only weighs less. */
const MODEL_NAME =
  /(?:^|[^a-z])(?:gpt|chatgpt|o[134](?:-mini|-preview)?(?=$|[^a-z\d])|claude|gemini|gemma|palm|llama|vicuna|mistral|mixtral|qwen|deepseek|command-r|grok|phi-?\d|prometheus|pandalm|auto-?j(?![a-z])|llm)/i;
