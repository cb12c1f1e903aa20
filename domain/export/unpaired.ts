import type { QuarantineReason } from '../../schemas/vocabulary.ts';
import { byQuality, compareQuality, distinctAnswers, type Contender } from './contender.ts';

/**
 * Why contenders of a task are in no pair. `groups`: all contenders of the task by their system prompt. What is asked of each contender is asked of
 * a few witnesses only, so that a task with many attempts costs no more than a sort.
 */
export function explainUnpaired(groups: ReadonlyMap<string, readonly Contender[]>): (contender: Contender) => QuarantineReason {
  const all = [...groups.values()].flat();
  const everywhere = witnessesOf(all);
  const within = new Map([...groups].map(([system, group]) => [system, witnessesOf(group)]));
  const equals = new Map<string, number>();
  for (const contender of all) equals.set(standingOf(contender), (equals.get(standingOf(contender)) ?? 0) + 1);
  return (contender) => {
    const isUnequal = (other: Contender): boolean =>
      compareQuality(contender, other) !== undefined || compareQuality(other, contender) !== undefined;
    if (!everywhere.some(isUnequal)) return equals.get(standingOf(contender))! > 1 ? 'tie' : 'no_counterpart';
    const met = within.get(contender.system_key)!.filter(isUnequal);
    if (met.length === 0) return 'different_system_prompt';
    return met.every((other) => other.answer_key === contender.answer_key) ? 'identical_text' : 'over_pair_limit';
  };
}

function standingOf({ category, value }: Contender): string {
  return `${category} ${value}`;
}

/**
 * The highest and the lowest of each category, and some of unknown value, two with different answers of each: whoever is better or worse than anybody,
 * or than anybody with another answer, is so than one of them.
 */
function witnessesOf(contenders: readonly Contender[]): Contender[] {
  const categories = new Map<string, Contender[]>();
  for (const contender of [...contenders].sort(byQuality)) {
    const kind = `${contender.category} ${contender.value === null}`;
    const known = categories.get(kind);
    if (known === undefined) categories.set(kind, [contender]);
    else known.push(contender);
  }
  return [...categories.values()].flatMap((ranked) => [
    ...distinctAnswers(ranked).slice(0, 2),
    ...distinctAnswers(ranked.toReversed()).slice(0, 2),
  ]);
}
