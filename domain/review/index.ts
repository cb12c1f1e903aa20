export { mergeVerdicts } from './merge-verdicts.ts';
export { readDecisions, type DecisionFault } from './read-decisions.ts';
export { resolveDecisions, type ResolvedDecision } from './resolve-decisions.ts';
export { verdictsDigest } from './verdicts-digest.ts';
export { verdictsInForce, type VerdictsInForce } from './verdicts-in-force.ts';
