export type { Refusal } from './arms/arm.ts';
export {
  compareRecords,
  type ComparedRecords,
  type ComparisonSettings,
  type ReadSuite,
} from './arms/compare-records.ts';
export type { RegisteredExpectations } from './arms/judge-expectations.ts';
export { pickRecords, type PickedRecords, type Wanted } from './arms/pick-records.ts';
export { compareFamily, type FamilySettings, type PairedSample } from './compare-family.ts';
export { compareMetric } from './bench/compare-metric.ts';
export { compareSides } from './bench/compare-sides.ts';
export { makeLeaderboard } from './bench/leaderboard.ts';
export { measurePairs, type ScoredPair } from './measure-pairs.ts';
export { readScores, type ReadScores } from './read-scores.ts';
export { pairItems } from './pair-items.ts';
export { itemsOf, sideOf, type RunSide } from './bench/run-side.ts';
export { weighBest, type BestSide } from './bench/weigh-best.ts';
export { makeTrend } from './trend/make-trend.ts';
export { measureRecord, type MeasuredRecord } from './trend/measure-record.ts';
export { pickTrendRecords } from './trend/pick-trend-records.ts';
