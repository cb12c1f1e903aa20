import { compareArms } from '../../../domain/replay-arms/index.ts';
import type { ReplayAb } from '../../../schemas/replay-ab.ts';
import type { ReplayArmsRun } from '../../replay-arms-contract.ts';
import type { ReplayQueueWorld } from '../queue/world.ts';
import { frameOf } from './frame-of.ts';
import { readArm, taskIds } from './read-arm.ts';

/** The report of an A/B: its first arm has playbooks, its second has none. */
export function compareRun(world: Pick<ReplayQueueWorld, 'files' | 'replay'>, run: ReplayArmsRun): ReplayAb {
  const ids = taskIds(world, run);
  const [steered, bare] = run.arms.map((arm) => readArm(world, run, arm, ids.length));
  const tasks = ids.map((id, task) => ({ id, with: steered![task]!, without: bare![task]! }));
  return compareArms(tasks, frameOf(run, world.replay.clock.now()));
}
