export {
  preferenceCandidate,
  ragCandidate,
  refuseCandidate,
  sftCandidate,
  SFT_NEVER,
  type Candidate,
  type CandidateOptions,
  type ScoredRecord,
} from './candidates.ts';
export { clusterTasks } from './cluster-tasks.ts';
export { compareQuality, type Contender } from './contender.ts';
export { checkConversation } from './conversation.ts';
export { COLUMN_RULES } from './forms/column-rules.ts';
export { formOfRow, ruled, type RowForm } from './forms/form-of-row.ts';
export type { Shaped } from './forms/shaped.ts';
export { TOKEN_BOUNDS } from './forms/token-bounds.ts';
export { SIDES, Unpairing, type Side } from './forms/unpaired.ts';
export { turnsOfPair } from './pair-turns.ts';
export { pairTask } from './preference.ts';
export { textOfTurns } from './turn-text.ts';
export { findValidationSteps } from './validation-steps.ts';
export { drawOf, splitAt, splitBounds, type SplitBounds, type SplitShares } from './split.ts';
export { fillProvenance, PROVENANCE_MARK, provenanceTexts, SPLIT_FIELD, SPLIT_MARK, type ProvenanceTexts } from './template.ts';

/** Bumped with every change of what an export row looks like or which rows there are; part of the shard key. */
export const EXPORT_VERSION = 'export/2';
export { hasProvenance, SftFirewall } from './firewall.ts';
