export { chainReceipt, findBrokenLink, receiptDigest, type StageFacts } from './chain.ts';
export {
  digestStoredEvidence,
  digestStoredScore,
  exportedContent,
  storedProvenance,
  type ExportedContent,
  type RowDigests,
  type StoredEvidence,
  type StoredScore,
} from './row-digests.ts';
export { summarizeStage } from './summarize-stage.ts';
export { refusalsOf, warningsOf, type ContaminationFacts, type VerdictFacts } from './verdict.ts';
