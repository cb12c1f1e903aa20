export { findContamination } from './find-contamination.ts';
export { ContaminationIndexBuilder, type ContaminationIndex } from './index-builder.ts';
export { DECONTAMINATION_DEFAULTS } from './settings.ts';

/** Bumped with every change of which texts count as copies of an evaluation text; part of the shard key. */
export const DECONTAMINATION_VERSION = 'decontamination/1';
