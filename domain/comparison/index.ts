export { compareMetric } from './compare-metric.ts';
export { compareSides } from './compare-sides.ts';
export { makeLeaderboard } from './leaderboard.ts';
export { pairItems } from './pair-items.ts';
export { itemsOf, sideOf, type RunSide } from './run-side.ts';
export { weighBest, type BestSide } from './weigh-best.ts';
