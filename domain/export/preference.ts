import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonValue } from '../shared/json.ts';
import { isBlank } from '../shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';
import type { Category, QuarantineReason } from '../../schemas/vocabulary.ts';

/** A record that may take part in pairs; the digests tell equal system prompts and equal answers. */
export interface Contender {
  readonly evidence_id: string;
  readonly task_key: string;
  readonly cluster: string;
  readonly category: Category;
  readonly value: number | null;
  readonly system_digest: string;
  readonly answer_digest: string;
}

export interface Pair {
  readonly chosen_id: string;
  readonly rejected_id: string;
  readonly task_key: string;
  readonly cluster: string;
  readonly reason: 'category' | 'truth_value';
  readonly margin: number;
}

export interface PairedTask {
  readonly pairs: readonly Pair[];
  /** Why each contender that is in no pair is in none. */
  readonly refusals: ReadonlyMap<string, QuarantineReason>;
}

const RANK: Readonly<Record<Category, number>> = { accepted: 2, partially_accepted: 1, rejected: 0, needs_human_review: -1 };

/**
 * The pairs of one task. Only contenders with the same system prompt meet; the chosen side is accepted or partially accepted and strictly better.
 * Of all such pairs the widest come first, and among equals those that use the best and the worst evenly; at most `maxPairs` are kept.
 */
export function pairTask(contenders: readonly Contender[], maxPairs: number): PairedTask {
  const groups = new Map<string, Contender[]>();
  for (const contender of contenders) {
    const group = groups.get(contender.system_digest);
    if (group === undefined) groups.set(contender.system_digest, [contender]);
    else group.push(contender);
  }
  const pairs = [...groups.values()]
    .flatMap((group) => rankedPairs(group, maxPairs))
    .sort((left, right) => right.pair.margin - left.pair.margin || left.turn - right.turn || compare(keyOf(left.pair), keyOf(right.pair)))
    .slice(0, maxPairs)
    .map(({ pair }) => pair);
  const used = new Set(pairs.flatMap((pair) => [pair.chosen_id, pair.rejected_id]));
  const classes = classesOf(contenders);
  const refusals = new Map<string, QuarantineReason>();
  for (const contender of contenders) if (!used.has(contender.evidence_id)) refusals.set(contender.evidence_id, whyUnpaired(contender, classes));
  return { pairs, refusals };
}

/** Only the `maxPairs` best and worst with different answers can be in the result, so a task with many attempts costs no more than a sort. */
function rankedPairs(group: readonly Contender[], maxPairs: number): { pair: Pair; turn: number }[] {
  const sorted = [...group].sort((left, right) => RANK[right.category] - RANK[left.category] || (right.value ?? -1) - (left.value ?? -1) || compare(left.evidence_id, right.evidence_id));
  const best = distinctAnswers(sorted).slice(0, maxPairs);
  const worst = distinctAnswers(sorted.toReversed()).slice(0, maxPairs);
  const pairs: { pair: Pair; turn: number }[] = [];
  for (const [rise, chosen] of best.entries()) {
    for (const [fall, rejected] of worst.entries()) {
      const difference = compareQuality(chosen, rejected);
      if (difference === undefined || chosen.answer_digest === rejected.answer_digest) continue;
      const { task_key, cluster } = chosen;
      pairs.push({ pair: { chosen_id: chosen.evidence_id, rejected_id: rejected.evidence_id, task_key, cluster, ...difference }, turn: rise + fall });
    }
  }
  return pairs;
}

function distinctAnswers(contenders: readonly Contender[]): Contender[] {
  const seen = new Set<string>();
  return contenders.filter((contender) => !seen.has(contender.answer_digest) && seen.add(contender.answer_digest));
}

/** By how much the first is strictly better, or undefined when it is not, or when category and truth value speak against each other. */
function compareQuality(better: Contender, worse: Contender): Pick<Pair, 'reason' | 'margin'> | undefined {
  const rank = RANK[better.category] - RANK[worse.category];
  const value = better.value === null || worse.value === null ? undefined : better.value - worse.value;
  if (RANK[better.category] < 1 || RANK[worse.category] < 0 || rank < 0 || (value !== undefined && value < 0)) return undefined;
  if (rank > 0) return { reason: 'category', margin: value !== undefined && value > 0 ? value : rank };
  return value !== undefined && value > 0 ? { reason: 'truth_value', margin: value } : undefined;
}

/** Contenders that no rule tells apart but by their answers; a task has few such classes, however many attempts it has. */
interface Class {
  readonly first: Contender;
  rows: number;
  readonly answers: Set<string>;
}

function classesOf(contenders: readonly Contender[]): readonly Class[] {
  const classes = new Map<string, Class>();
  for (const contender of contenders) {
    const key = `${contender.category} ${contender.value} ${contender.system_digest}`;
    const known = classes.get(key) ?? { first: contender, rows: 0, answers: new Set<string>() };
    known.rows += 1;
    known.answers.add(contender.answer_digest);
    classes.set(key, known);
  }
  return [...classes.values()];
}

function whyUnpaired(contender: Contender, classes: readonly Class[]): QuarantineReason {
  const unequal = classes.filter(({ first }) => compareQuality(contender, first) !== undefined || compareQuality(first, contender) !== undefined);
  if (unequal.length === 0) {
    const equals = classes.filter(({ first }) => first.category === contender.category && first.value === contender.value);
    return equals.reduce((sum, { rows }) => sum + rows, 0) > 1 ? 'tie' : 'no_counterpart';
  }
  const met = unequal.filter(({ first }) => first.system_digest === contender.system_digest);
  if (met.length === 0) return 'different_system_prompt';
  return met.every(({ answers }) => answers.size === 1 && answers.has(contender.answer_digest)) ? 'identical_text' : 'over_pair_limit';
}

/** What a pair is trained on. */
export interface PairTurns {
  readonly prompt: readonly Message[];
  readonly prompt_from: 'shared_prefix' | 'task_text';
  readonly chosen: readonly Message[];
  readonly rejected: readonly Message[];
}

/**
 * Prompt and completions of a pair: the turns before the first divergence, cut back so that both sides go on with the assistant; or the task's
 * text where the conversations open differently (simulated users).
 */
export function turnsOfPair(chosen: readonly Message[], rejected: readonly Message[], taskText: string): PairTurns | undefined {
  let shared = 0;
  while (shared < chosen.length && shared < rejected.length && sameTurn(chosen[shared]!, rejected[shared]!)) shared += 1;
  while (shared > 0 && !(chosen[shared]?.role === 'assistant' && rejected[shared]?.role === 'assistant')) shared -= 1;
  const prefix = chosen.slice(0, shared);
  if (prefix.some((turn) => turn.role === 'user' && !isBlank(turn.content))) {
    return { prompt: prefix, prompt_from: 'shared_prefix', chosen: fromAssistant(chosen.slice(shared)), rejected: fromAssistant(rejected.slice(shared)) };
  }
  if (isBlank(taskText)) return undefined;
  const system = chosen.filter((turn) => turn.role === 'system');
  const [own, other] = [fromAssistant(chosen), fromAssistant(rejected)];
  if (own.length === 0 || other.length === 0) return undefined;
  return { prompt: [...system, { role: 'user', content: taskText }], prompt_from: 'task_text', chosen: own, rejected: other };
}

/** The turns from the first one of the assistant on, without trailing user turns that nobody answered. */
function fromAssistant(turns: readonly Message[]): readonly Message[] {
  const start = turns.findIndex((turn) => turn.role === 'assistant');
  return start === -1 ? [] : turns.slice(start, turns.findLastIndex((turn) => turn.role !== 'user') + 1);
}

function sameTurn(left: Message, right: Message): boolean {
  return canonicalJson(left as unknown as JsonValue) === canonicalJson(right as unknown as JsonValue);
}

function keyOf(pair: Pair): string {
  return `${pair.chosen_id} ${pair.rejected_id}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
