import { join } from 'node:path';
import type { FreezeWorld } from '../../activities/release/world.ts';
import { now, nowMs } from '../../adapters/clock.ts';
import { hasPackageScript, readTextIfThere } from '../../adapters/files/package-script.ts';
import type { OpenRepository } from '../../adapters/git/repository.ts';
import { runLogged } from '../../adapters/shell/run-logged.ts';
import type { Io } from '../io.ts';
import type { DataGates } from './data-gates.ts';
import { openDataWorld } from './open-data-world.ts';

export interface FreezePlaces {
  readonly io: Io;
  /** The workspace. */
  readonly root: string;
  readonly repository: OpenRepository;
  readonly gates: DataGates;
  readonly testLog: string;
  readonly testTimeoutMs: number;
}

/** Repository, data and gates as a freeze looks at them. */
export function openFreezeWorld({ io, root, repository, gates, testLog, testTimeoutMs }: FreezePlaces): FreezeWorld {
  return {
    ...openDataWorld(root),
    ...gates,
    clock: { now, nowMs },
    repository,
    readMilestones: () => readTextIfThere(join(repository.root, 'release-milestones.json')),
    usualTestCommand: hasPackageScript(repository.root, 'test') ? 'npm test' : undefined,
    runTests: (command, stop) =>
      runLogged({ command, cwd: repository.root, env: io.env, logPath: testLog, timeoutMs: testTimeoutMs, stop }),
  };
}
