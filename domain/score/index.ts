export { scoreEvidence, type Score } from './score.ts';
export { RULES, SCORER_VERSION, type ScoredEvidence, type ScoreOptions } from './rules.ts';
export { hasOutput } from './output.ts';
