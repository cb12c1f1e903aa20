export { explainScore, wordsOfRule } from './explain.ts';
export { scoreEvidence } from './score.ts';
export { RULES, SCORER_VERSION, type ScoreOptions } from './rules.ts';
export type { ScoredEvidence } from './scored-evidence.ts';
export { hasOutput } from './output.ts';
