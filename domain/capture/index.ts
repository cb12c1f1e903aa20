export { buildRow, type AnsweredSearch, type CapturedHit } from './build-row.ts';
export { isCaptureOn, isScrubOn } from './capture-switch.ts';
export { CheckViolation, classifyFailure, ScrubberException } from './classify-failure.ts';
export { exportedRow } from './exported-row.ts';
