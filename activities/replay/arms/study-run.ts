import { measureStudy } from '../../../domain/replay-arms/index.ts';
import type { ReplayStudy } from '../../../schemas/replay-study.ts';
import type { ReplayArmsRun } from '../../replay-arms-contract.ts';
import type { ReplayQueueWorld } from '../queue/world.ts';
import { frameOf } from './frame-of.ts';
import { readArm, taskIds } from './read-arm.ts';

/** The report of a study: arms with the same share of the playbooks are its repeats. */
export function studyRun(world: Pick<ReplayQueueWorld, 'files' | 'replay'>, run: ReplayArmsRun): ReplayStudy {
  const ids = taskIds(world, run);
  const shares = new Set(run.arms.map(({ choices }) => choices.corpus_share ?? 1));
  const studied = [...shares].map((share) => {
    const arms = run.arms.filter(({ choices }) => (choices.corpus_share ?? 1) === share);
    const { rows, sha256 } = arms[0]?.corpus ?? run.corpus;
    return { share, rows, sha256, repeats: arms.map((arm) => readArm(world, run, arm, ids.length)) };
  });
  return measureStudy(ids, studied, frameOf(run, world.replay.clock.now()));
}
