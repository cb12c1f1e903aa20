import { replayAbPages } from '../../reports/replay-ab/replay-ab-pages.ts';
import type { ReplayAb } from '../../schemas/replay-ab.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { runArms, type ArmsOptions } from '../replay/run-arms.ts';
import { tellAb } from '../replay/tell-ab.ts';

/** `lauter replay ab`: every task of a file replayed with playbooks and without, and the difference. */
export function replayAbCommand(io: Io, options: ArmsOptions): Promise<ExitCode> {
  return runArms<ReplayAb>(io, options, {
    kind: 'ab',
    count: 2,
    armsOf: (corpus) => [
      { id: 'with', choices: {}, corpus },
      { id: 'without', choices: { retriever: 'none', corpus: null }, corpus: null },
    ],
    tell: tellAb,
    pages: replayAbPages,
  });
}
