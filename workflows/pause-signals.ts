import { defineSignal } from '@temporalio/workflow';
import type { PauseReport } from '../activities/pause-contract.ts';
import type { PauseEnd } from '../schemas/vocabulary.ts';

/** The owner lives; its argument is when it knew that, in ISO 8601. */
export const renewSignal = defineSignal<[at: string]>('renew');
/** The owner needs the pause no longer. */
export const releaseSignal = defineSignal<[why: PauseEnd]>('release');
/** How the pause goes, told to its owner. */
export const pauseReportSignal = defineSignal<[PauseReport]>('pauseReport');
