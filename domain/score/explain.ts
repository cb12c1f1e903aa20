import { RULES, type ScoreOptions } from './rules.ts';
import type { ScoredEvidence } from './scored-evidence.ts';
import type { Score } from './score.ts';

/** A rule by name, and when it applies in words. */
export interface RuleWords {
  readonly rule: string;
  readonly when: string;
}

/** What the rule table says of a record: the rule that decides, and those before it, none of which applies. */
export interface Explanation {
  readonly score: Score & RuleWords;
  readonly passedOver: readonly RuleWords[];
}

/** The same decision as {@link scoreEvidence}, with the way to it. */
export function explainScore(evidence: ScoredEvidence, options: ScoreOptions): Explanation {
  const passedOver: RuleWords[] = [];
  for (const { name: rule, when, decide } of RULES) {
    const decision = decide(evidence, options);
    if (decision !== undefined) return { score: { rule, when, ...decision }, passedOver };
    passedOver.push({ rule, when });
  }
  throw new Error('the last rule of the table must always apply');
}

/** When a rule applies, in words; undefined for a rule of another version of the table. */
export function wordsOfRule(rule: string): string | undefined {
  return RULES.find(({ name }) => name === rule)?.when;
}
