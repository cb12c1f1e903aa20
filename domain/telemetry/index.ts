export { describeCall } from './describe-call.ts';
export { recommendTuning, TUNING_DAYS, type Recommendation, type TuningSetup } from './recommend-tuning.ts';
export { rollUpCalls } from './roll-up-calls.ts';
export { summarizeCalls } from './summarize-calls.ts';
