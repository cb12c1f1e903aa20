export { redactSource } from './redact-source.ts';
export { judgeTrace } from './judge-trace.ts';
