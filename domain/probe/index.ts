export { decideProbe, type ProbeRequest } from './decide-probe.ts';
export { isProbeEnabled } from './is-enabled.ts';
export { describeChange, stateOf, type ProbeState } from './describe-change.ts';
export { endOfBatch, endOfFailure, endOverEstimate, type ProbeEnd } from './end-probe.ts';
export { endOfAnswers, endOfDrift, endOfReplays, endOfSweep } from './end-of-watch.ts';
export { probeEvent, probeRunUid } from './probe-event.ts';
export { remarksOnAudit, type ProbeHistory } from './remarks.ts';
export { summarizeEvents, type ProbeSummary } from './summarize-events.ts';
