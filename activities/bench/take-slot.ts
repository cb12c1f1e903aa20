import type { BenchRunInput } from '../bench-contract.ts';
import { untilAlone, type Sleep } from './until-alone.ts';
import type { BenchWorld } from './world.ts';

/** Takes the slot for a run and waits for the guests that are at the server; null when somebody else has it. One that is cancelled meanwhile gives it back. */
export async function takeSlot(
  world: Pick<BenchWorld, 'slot'>,
  { settings, owner }: BenchRunInput,
  sleep: Sleep,
): Promise<{ readonly token: number | null; readonly detail: string }> {
  const slot = world.slot(settings.base_url);
  const attempt = await slot.take(owner);
  if (!attempt.taken) return { token: null, detail: `held by ${attempt.holder.owner ?? 'nobody'}, last seen ${attempt.holder.renewed_at}` };
  try {
    await untilAlone(slot, attempt.token, sleep);
  } catch (error) {
    await slot.free(owner);
    throw error;
  }
  return { token: attempt.token, detail: '' };
}
