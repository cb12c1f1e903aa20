import type { AcceptanceFacts, EvidenceFact, Finding, PairFact } from './facts.ts';
import { countedEvidence } from './places.ts';
import { plainText } from './texts.ts';

/** 14: no record is paired with itself. */
export function checkSelfPairs({ preference }: AcceptanceFacts): Finding[] {
  if (preference.length === 0) return [NO_PAIRS];
  return preference
    .filter(({ chosen_id, rejected_id }) => chosen_id === rejected_id)
    .map(({ id, chosen_id }) => ({ expected: 'two records', found: `${chosen_id} twice`, where: `pair ${id}` }));
}

/** 15: the two sides of a pair say different things. */
export function checkPairTexts({ preference }: AcceptanceFacts): Finding[] {
  if (preference.length === 0) return [NO_PAIRS];
  return preference
    .filter(({ chosen_text, rejected_text }) => plainText(chosen_text) === plainText(rejected_text))
    .map(({ id }) => ({ expected: 'two texts', found: 'one text on both sides', where: `pair ${id}` }));
}

const NO_PAIRS: Finding = { expected: 'pairs', found: 'none', where: 'preference/chosen_rejected.jsonl' };

/** 16: both sides answer one task under one system prompt, and the chosen one is strictly better, by category or by the value of its truth. */
export function checkPairOrder({ preference, evidence, scores }: AcceptanceFacts): Finding[] {
  if (preference.length === 0) return [NO_PAIRS];
  const rows = countedEvidence(evidence);
  const categoryOf = new Map(scores.map(({ evidence_id: id, category }) => [id, category]));
  return preference.flatMap((pair) => {
    const [chosen, rejected] = [rows.get(pair.chosen_id), rows.get(pair.rejected_id)];
    const where = `pair ${pair.id}`;
    if (chosen === undefined || rejected === undefined) return [{ expected: 'two evidence rows', found: 'fewer', where }];
    return pairFaults(pair, chosen, rejected, (id) => RANK[categoryOf.get(id) ?? ''] ?? -1).map((fault) => ({ ...fault, where }));
  });
}

/** What waits for a human is neither better nor worse than anything. */
const RANK: Readonly<Record<string, number>> = { accepted: 2, partially_accepted: 1, rejected: 0 };

function pairFaults(
  pair: PairFact,
  chosen: EvidenceFact,
  rejected: EvidenceFact,
  rankOf: (id: string) => number,
): Omit<Finding, 'where'>[] {
  const faults: Omit<Finding, 'where'>[] = [];
  const tasks = new Set([pair.task_key, chosen.task_key, rejected.task_key]);
  if (tasks.size > 1) faults.push({ expected: 'one task', found: [...tasks].join(' and ') });
  if (chosen.system !== rejected.system) faults.push({ expected: 'one system prompt', found: 'two' });
  const [better, worse] = [rankOf(chosen.id), rankOf(rejected.id)];
  if (better < 1 || worse < 0) faults.push({ expected: 'an accepted side and one that was judged', found: `ranks ${better} and ${worse}` });
  const byValue = chosen.value !== null && rejected.value !== null ? chosen.value - rejected.value : 0;
  if (better < worse || byValue < 0 || (better === worse && byValue === 0))
    faults.push({
      expected: 'a chosen side that is strictly better',
      found: better === worse && byValue === 0 ? 'a tie' : 'one that is not',
    });
  if (!(pair.margin > 0)) faults.push({ expected: 'a margin above 0', found: String(pair.margin) });
  return faults;
}
