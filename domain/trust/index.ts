export { bt29StateOf, type StateOf } from './bt29-state.ts';
export { checkExpectedHead } from './check-expected-head.ts';
export { findReference } from './find-reference.ts';
export { isRecorded } from './is-recorded.ts';
export { judgeBest } from './judge-best.ts';
export { ledgerLine } from './ledger-line.ts';
export { reasonsAgainst } from './reasons-against.ts';
export { readRunFacts, type RunFacts } from './run-facts.ts';
export { makeTrustRow } from './trust-row.ts';
