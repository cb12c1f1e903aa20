import type { InferenceSlot } from './world.ts';

/** Lets time pass; rejects when whoever waits is stopped. */
export type Sleep = (ms: number) => Promise<void>;

const LOOK_MS = 200;
const LOOKS_PER_SIGN = 100;

/** Waits until every guest of a slot has left, with signs of life of whoever took it. Rejects as `sleep` does. */
export async function untilAlone(slot: InferenceSlot, token: number, sleep: Sleep): Promise<void> {
  for (let looks = 1; slot.guests().length > 0; looks += 1) {
    if (looks % LOOKS_PER_SIGN === 0) await slot.renew(token);
    await sleep(LOOK_MS);
  }
}
