export { dataNotice, fence, fenceSession, fenceTake, LENGTH_CAP, restoreSigns, SESSION_CAP, TAKE_CAP } from './fence.ts';
export { INJECTION_PATTERNS } from './patterns.ts';
export { redactInjection } from './redact-injection.ts';
