export { capOf } from './cap-of.ts';
export { COST_ANCHORS } from './cost-anchors.ts';
export { costTables } from './cost-tables.ts';
export { estimateRunAll, type EstimatedCell, type RunAllEstimate } from './estimate-run-all.ts';
export {
  estimateContradictions,
  estimateExpansion,
  estimatePanel,
  estimateReading,
  pairsPerQuery,
  queriesCovered,
} from './estimate-work.ts';
export { nanoUsdOfCap, usdOf } from './exact-usd.ts';
export { isCount, priceCall } from './price-call.ts';
export { addPriceCommand, isFree, priceOf } from './price-of.ts';
export { sumUsd } from './sum-usd.ts';
