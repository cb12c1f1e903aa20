/** Apart from the rest of the bench because workflows import it: their bundle is loaded by every worker. */
export { batches, CALLS_PER_BATCH, longestBatchMs, modelSteps, timeLeftMs, type ModelPlan, type ModelStep } from './model-steps.ts';
export { PREFLIGHT_CHECKS, QUIESCENCE_LIMIT_S, QUIESCENCE_POLL_S, WATCH_EVERY_S, type PreflightName } from './preflight.ts';
