import { judgeResume } from '../../domain/pause/index.ts';
import { LeaseLostError } from '../../domain/shared/errors.ts';
import type { ProductionAnswer, ProductionPause } from '../../schemas/production-contract.ts';
import type { LeaseCall } from '../pause-contract.ts';
import { isLeaseOpen } from './leases.ts';
import type { GuardWorld } from './world.ts';

const AGAIN_MS = 1_000;

/**
 * Pauses production while the lease is open before the call and after it. A pause that met the end of its lease would have nobody left to end it,
 * so it is taken back at once, for as long as that takes. LeaseLostError when the lease is not open.
 */
export function pauseWhileOpen(world: GuardWorld, { production_url, token }: LeaseCall): Promise<ProductionAnswer<ProductionPause>> {
  return world.alone(async () => {
    if (!isLeaseOpen(world.leases, token)) throw ended(world, token);
    const production = world.production(production_url);
    const pause = await production.pause();
    if (isLeaseOpen(world.leases, token)) return pause;
    while (judgeResume(await production.resume(), await production.health()).verdict !== 'verified') await world.sleep(AGAIN_MS);
    throw ended(world, token);
  });
}

function ended({ leases }: GuardWorld, token: number): LeaseLostError {
  return new LeaseLostError(
    `pausing production, on ${leases.path}: expected lease ${token} to be open, found that it has ended.`,
    'Start the run again; `lauter bench status` tells how the pause stands.',
    { token },
  );
}
