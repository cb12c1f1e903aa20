import { Context } from '@temporalio/activity';
import { LeaseLostError } from '../../domain/shared/errors.ts';
import type { BenchRunInput } from '../bench-contract.ts';
import { beating } from './beating.ts';
import { untilAlone } from './until-alone.ts';
import type { BenchWorld } from './world.ts';

/** The slot while an attempt works in it. */
export interface HeldSlot {
  /** Breaks a call off: at once when the slot is lost, and some time after the attempt was cancelled, so that the current call may end. */
  readonly signal: AbortSignal;
  /** LeaseLostError when somebody took the slot after this attempt: what it would still do no longer counts. */
  assertCurrent(): void;
}

const SIGN_MS = 20_000;

/** How long a call may still take once its attempt was cancelled. */
const CANCEL_GRACE_MS = 15_000;

/**
 * Takes the slot anew for this attempt, which makes every earlier attempt of the same work stale, and shows signs of life to the engine and to other
 * benches while `work` goes on, which begins when no guest calls the server any more. LeaseLostError when somebody else has it.
 */
export function holdSlot<Result>(world: BenchWorld, run: BenchRunInput, work: (slot: HeldSlot) => Promise<Result>): Promise<Result> {
  return beating(() => hold(world, run, work));
}

async function hold<Result>(world: BenchWorld, run: BenchRunInput, work: (slot: HeldSlot) => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const slot = world.slot(run.settings.base_url);
  const attempt = await slot.take(run.owner);
  if (!attempt.taken) throw lost(run, attempt.holder.owner);
  const { token } = attempt;
  await untilAlone(slot, token, (ms) => context.sleep(ms));
  const broken = new AbortController();
  const showSign = async (): Promise<void> => {
    if (!(await slot.renew(token))) broken.abort(lost(run, 'somebody else'));
  };
  // One that cannot be written is not the end: the next one comes before anybody counts us as gone.
  const signs = setInterval(() => void showSign().catch(() => undefined), SIGN_MS);
  let grace: NodeJS.Timeout | undefined;
  context.cancellationSignal.addEventListener('abort', () => {
    grace = setTimeout(() => broken.abort(context.cancellationSignal.reason), CANCEL_GRACE_MS);
  });
  try {
    return await work({
      signal: broken.signal,
      assertCurrent: () => {
        if (!slot.isCurrent(token)) throw lost(run, 'somebody else');
      },
    });
  } finally {
    clearInterval(signs);
    clearTimeout(grace);
  }
}

function lost({ settings, owner }: BenchRunInput, holder: string | null): LeaseLostError {
  return new LeaseLostError(
    `calling the inference server, on its slot for ${settings.base_url}: expected it held for ${owner}, found it held by ${holder ?? 'nobody'}.`,
    '`lauter bench status` tells what works there; begin again when it has ended.',
  );
}
