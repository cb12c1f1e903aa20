export { compareRuns, type RunFacts } from './compare-runs.ts';
