import { condition, defineQuery, defineSignal, setHandler } from '@temporalio/workflow';
import type { PauseRequest } from '../../../activities/pause-contract.ts';
import { HeldPause, type PauseEnding } from '../../../workflows/held-pause.ts';

export { pauseGuard } from '../../../workflows/pause-guard.ts';

/** How a run of these tests went. */
export interface HarbourResult {
  readonly taken: boolean;
  readonly why: string | null;
  readonly detail: string;
  readonly is_resumed: boolean;
  readonly paused_s: number;
}

export const finishSignal = defineSignal('finish');
export const isMeasuringQuery = defineQuery<boolean>('isMeasuring');

/** A run that pauses production, measures until it is told to finish or the pause breaks, and ends the pause. */
export async function harbourRun(request: PauseRequest): Promise<HarbourResult> {
  let [isFinished, isMeasuring] = [false, false];
  setHandler(finishSignal, () => void (isFinished = true));
  setHandler(isMeasuringQuery, () => isMeasuring);
  const taking = await HeldPause.take(request);
  if (!taking.taken) return { taken: false, why: taking.why, detail: taking.detail, is_resumed: taking.is_resumed, paused_s: 0 };
  const { pause } = taking;
  isMeasuring = true;
  let ending: PauseEnding | undefined;
  try {
    await condition(() => isFinished || pause.broken !== null);
  } finally {
    isMeasuring = false;
    ending = await pause.release();
  }
  return { taken: true, why: pause.broken?.why ?? null, ...ending, detail: pause.broken?.detail ?? ending.detail };
}
