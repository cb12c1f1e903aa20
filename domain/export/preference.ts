import type { QuarantineReason } from '../../schemas/vocabulary.ts';
import { byQuality, compareQuality, distinctAnswers, type Contender, type Difference } from './contender.ts';
import { explainUnpaired } from './unpaired.ts';

export interface Pair extends Difference {
  readonly chosen_id: string;
  readonly rejected_id: string;
  readonly task_key: string;
  readonly cluster: string;
}

export interface PairedTask {
  readonly pairs: readonly Pair[];
  /** Why each contender that is in no pair is in none. */
  readonly refusals: ReadonlyMap<string, QuarantineReason>;
}

/**
 * The pairs of one task. Only contenders with the same system prompt meet; the chosen side is accepted or partially accepted and strictly better.
 * Of all such pairs the widest come first, and among equals those that use the best and the worst evenly; at most `maxPairs` are kept.
 */
export function pairTask(contenders: readonly Contender[], maxPairs: number): PairedTask {
  const groups = new Map<string, Contender[]>();
  for (const contender of contenders) {
    const group = groups.get(contender.system_key);
    if (group === undefined) groups.set(contender.system_key, [contender]);
    else group.push(contender);
  }
  const pairs = [...groups.values()]
    .flatMap((group) => rankedPairs(group, maxPairs))
    .sort(
      (left, right) => right.pair.margin - left.pair.margin || left.turn - right.turn || (keyOf(left.pair) < keyOf(right.pair) ? -1 : 1),
    )
    .slice(0, maxPairs)
    .map(({ pair }) => pair);
  const used = new Set(pairs.flatMap((pair) => [pair.chosen_id, pair.rejected_id]));
  const reasonOf = explainUnpaired(groups);
  const refusals = new Map<string, QuarantineReason>();
  for (const contender of contenders) if (!used.has(contender.evidence_id)) refusals.set(contender.evidence_id, reasonOf(contender));
  return { pairs, refusals };
}

/**
 * Only the best and the worst with different answers can be in the result, so a task with many attempts costs no more than a sort. One more than
 * `maxPairs` of each: a chosen answer may also stand among the worst, and does not meet itself.
 */
function rankedPairs(group: readonly Contender[], maxPairs: number): { pair: Pair; turn: number }[] {
  const sorted = [...group].sort(byQuality);
  const best = distinctAnswers(sorted).slice(0, maxPairs + 1);
  const worst = distinctAnswers(sorted.toReversed()).slice(0, maxPairs + 1);
  const pairs: { pair: Pair; turn: number }[] = [];
  for (const [rise, chosen] of best.entries()) {
    for (const [fall, rejected] of worst.entries()) {
      const difference = compareQuality(chosen, rejected);
      if (difference === undefined || chosen.answer_key === rejected.answer_key) continue;
      const { task_key, cluster } = chosen;
      pairs.push({
        pair: { chosen_id: chosen.evidence_id, rejected_id: rejected.evidence_id, task_key, cluster, ...difference },
        turn: rise + fall,
      });
    }
  }
  return pairs;
}

function keyOf(pair: Pair): string {
  return `${pair.chosen_id} ${pair.rejected_id}`;
}
