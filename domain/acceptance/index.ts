export type {
  AcceptanceFacts,
  EvidenceFact,
  FlipFact,
  LeakFact,
  PairFact,
  Place,
  PlantedRow,
  ProvenanceFact,
  QuarantineFact,
  RowFact,
  SignatureFact,
  StatedCategories,
  TraceFact,
} from './facts.ts';
export { INVARIANTS } from './invariants.ts';
export { judgeFacts } from './judge.ts';
export { spellingsOf } from './secret-checks.ts';
export { signedTextOf } from './signed-text.ts';
