export {
  dataNotice,
  fence,
  fenceSession,
  fenceTake,
  LENGTH_CAP,
  SESSION_CAP,
  TAKE_CAP,
  type FencedText,
  type FenceInput,
} from './fence.ts';
export { INJECTION_PATTERNS } from './patterns.ts';
export { REDACTED, redactInjection, type RedactedText } from './redact-injection.ts';
export { FENCE_TAGS, type FenceTag } from './tags.ts';
