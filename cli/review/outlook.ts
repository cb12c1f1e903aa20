import { scanScored, type ScoringRow } from '../../adapters/lake/scan-scored.ts';
import { mergeVerdicts, type VerdictsInForce } from '../../domain/review/index.ts';
import { scoreEvidence, wordsOfRule, type ScoreOptions, type ScoredEvidence } from '../../domain/score/index.ts';
import type { Artifact, Message, Signals } from '../../schemas/evidence.ts';
import type { ReviewDecision } from '../../schemas/review-decision.ts';

/** What the next scoring makes of some records, with the verdicts that are now in force. */
export async function outlook(
  root: string,
  ids: readonly string[],
  inForce: VerdictsInForce,
  options: ScoreOptions,
): Promise<ReviewDecision['outlook']> {
  const groups = new Map<string, ReviewDecision['outlook'][number]>();
  await scanScored(root, ids, (rows) => {
    for (const row of rows) {
      const evidence = scoredEvidenceOf(row);
      const signals = mergeVerdicts(evidence.signals, inForce.get(row.id) ?? []);
      const { category: becomes, rule } = scoreEvidence({ ...evidence, signals }, options);
      const key = `${row.category} ${becomes} ${rule}`;
      const group = groups.get(key) ?? { category: row.category, becomes, rule, when: wordsOfRule(rule) ?? '', records: 0 };
      groups.set(key, { ...group, records: group.records + 1 });
    }
  });
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
}

function scoredEvidenceOf(row: ScoringRow): ScoredEvidence {
  return {
    task: { text: row.task_text },
    messages: JSON.parse(row.messages) as Message[],
    artifacts: JSON.parse(row.artifacts) as Artifact[],
    outcome: { state: row.outcome_state, value: row.outcome_value, from: row.outcome_from },
    signals: JSON.parse(row.signals) as Signals,
    origin: row.origin,
  };
}
