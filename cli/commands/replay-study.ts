import { replayStudyPages } from '../../reports/replay-study/replay-study-pages.ts';
import type { ReplayStudy } from '../../schemas/replay-study.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { runArms, type ArmsOptions } from '../replay/run-arms.ts';
import { tellStudy } from '../replay/tell-study.ts';

/** Options of `lauter replay study`. */
export interface ReplayStudyOptions extends ArmsOptions {
  readonly repeat: number;
  readonly shares: readonly number[];
}

/** `lauter replay study`: every task of a file replayed again and again over more and more of the playbooks, and how far the answers agree. */
export function replayStudyCommand(io: Io, options: ReplayStudyOptions): Promise<ExitCode> {
  const { repeat, shares } = options;
  const repeats = Array.from({ length: repeat }, (_, at) => at + 1);
  return runArms<ReplayStudy>(io, options, {
    kind: 'study',
    count: shares.length * repeat,
    shares,
    armsOf: (_, corpora) =>
      shares.flatMap((corpus_share, at) =>
        repeats.map((turn) => ({ id: `s${at + 1}-r${turn}`, choices: { corpus_share }, corpus: corpora[at]! })),
      ),
    tell: tellStudy,
    pages: replayStudyPages,
  });
}
