export { checkComparability } from './comparability.ts';
export { judgeDeterminism } from './judge-determinism.ts';
export { DEFAULT_BUDGETS, RUNS_OF_BT29 } from './settings.ts';
