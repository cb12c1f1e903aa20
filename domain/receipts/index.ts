export { chainReceipt, findBrokenLink, receiptDigest, type StageFacts } from './chain.ts';
export { summarizeStage } from './summarize-stage.ts';
export { refusalsOf, type VerdictFacts } from './verdict.ts';
