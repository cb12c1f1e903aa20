export { dedupTextOf } from './document-text.ts';
export { findNearDuplicates, type NearDuplicates } from './find-near-duplicates.ts';
export { byCopyQuality, keepBest, type CopyQuality } from './keep-best.ts';
export { DEDUP_DEFAULTS, type DedupSettings } from './settings.ts';
export { withinSet } from './within-set.ts';
export { SignatureStore } from './signature-store.ts';
export { signatureBytes, signatureFromBytes, signatureOf } from './signature.ts';

/** Bumped with every change of what a signature holds or of which texts count as copies; part of the shard key. */
export const DEDUP_VERSION = 'dedup/1';
