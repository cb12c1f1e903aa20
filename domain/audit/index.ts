export { AUDIT_CHECKS, type AuditCheckText } from './checks.ts';
export { compareBaselines, latestAccepted, type Baseline } from './compare-baselines.ts';
export { SplitSides } from './split-sides.ts';
