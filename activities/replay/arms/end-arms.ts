import type { ReplayAb } from '../../../schemas/replay-ab.ts';
import type { ReplayStudy } from '../../../schemas/replay-study.ts';
import type { ReplayArmsResult, ReplayArmsRun } from '../../replay-arms-contract.ts';
import type { ReplayQueueWorld } from '../queue/world.ts';
import { compareRun } from './compare-run.ts';
import { studyRun } from './study-run.ts';

/** Compares what came of all arms, and writes the report. A run ends once: a next attempt says the same. */
export async function endArms(world: ReplayQueueWorld, run: ReplayArmsRun): Promise<ReplayArmsResult> {
  const { files } = world;
  const { run_id, kind } = run;
  if (!files.has(run_id, 'report')) files.write(run_id, 'report', kind === 'ab' ? compareRun(world, run) : studyRun(world, run));
  const { verdict } = files.read<ReplayAb | ReplayStudy>(run_id, 'report');
  return { run_id, exit_code: verdict === 'unfinished' ? 2 : 0 };
}
