export type { ArmOutcome } from './arm-outcome.ts';
export { compareArms, type AbTask } from './compare-arms.ts';
export type { StudyShare } from './measure-share.ts';
export { measureStudy } from './measure-study.ts';
