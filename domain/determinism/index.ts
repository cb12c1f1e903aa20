export { checkComparability } from './comparability.ts';
export { judgeDeterminism } from './judge-determinism.ts';
export { readItems } from './items.ts';
export { DEFAULT_BUDGETS, RUNS_OF_BT29, type DeterminismBudgets, type DeterminismSettings } from './settings.ts';
