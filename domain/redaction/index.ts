export { isCardNumber } from './checksums.ts';
export type { DetectorFamily } from './detector.ts';
export { DETECTOR_FAMILIES, DETECTORS, SECRET_FAMILIES } from './detectors.ts';
export { redactDraft } from './redact-draft.ts';
export { PAYLOAD_REDACTION_VERSION, redactPayload } from './redact-payload.ts';
export { createRedactor, type Redactor } from './redactor.ts';
