export { preferenceCandidate, ragCandidate, sftCandidate, SFT_NEVER, type CandidateOptions, type ScoredRecord } from './candidates.ts';
export { clusterTasks } from './cluster-tasks.ts';
export type { Contender } from './contender.ts';
export { turnsOfPair } from './pair-turns.ts';
export { pairTask } from './preference.ts';
export { splitOf, type SplitShares } from './split.ts';
export { fillTemplate, PROVENANCE_MARK, SPLIT_MARK } from './template.ts';

/** Bumped with every change of what an export row looks like or which rows there are; part of the shard key. */
export const EXPORT_VERSION = 'export/1';
export { hasProvenance, SftFirewall } from './firewall.ts';
