import { RULES, type Decision, type ScoreOptions } from './rules.ts';
import type { ScoredEvidence } from './scored-evidence.ts';

/** The decision of the first rule that applies, with that rule's name. */
export interface Score extends Decision {
  readonly rule: string;
}

/** Scores one evidence record by the ordered rule table. Pure: the same record and options give the same score. */
export function scoreEvidence(evidence: ScoredEvidence, options: ScoreOptions): Score {
  for (const rule of RULES) {
    const decision = rule.decide(evidence, options);
    if (decision !== undefined) return { rule: rule.name, category: decision.category, reasons: decision.reasons };
  }
  throw new Error('the last rule of the table must always apply');
}
