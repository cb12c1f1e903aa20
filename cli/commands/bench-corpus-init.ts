import { USUAL_FLOOR } from '../bench/usual-floor.ts';
import { nowMs } from '../../adapters/clock.ts';
import { cutWindow } from '../../domain/bench/index.ts';
import { openEventSource } from '../bench/event-source.ts';
import { initCorpus } from '../bench/init-corpus.ts';
import { tellCorpusInit } from '../bench/tell-corpus.ts';
import { withCorpora } from '../bench/with-corpora.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

export interface CorpusInitOptions extends PlaceOptions {
  readonly corpusVersion: string;
  readonly from: string;
  readonly seed: number;
  /** Milliseconds since the Unix epoch; the clock's time unless stated. */
  readonly now?: number;
  readonly corpusDays: number;
  readonly corpusBuckets: number;
  readonly min?: ReadonlyMap<string, number>;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `lauter bench corpus init`: builds a frozen corpus out of a source of events. */
export async function benchCorpusInit(io: Io, options: CorpusInitOptions): Promise<ExitCode> {
  const root = workspaceFolder(io, options);
  const plan = {
    seed: options.seed,
    window: cutWindow(options.now ?? nowMs(), options.corpusDays, options.corpusBuckets),
    usualFloor: USUAL_FLOOR,
    floors: options.min ?? new Map<string, number>(),
  };
  const built = await withCorpora(root, () =>
    initCorpus(root, {
      version: options.corpusVersion,
      plan,
      source: openEventSource(root, options.from, io.cwd),
      isForced: options.force === true,
    }),
  );
  io.out(options.json === true ? JSON.stringify(built, null, 2) : tellCorpusInit(built));
  if (options.json === true) for (const warning of built.warnings) io.err(`warning: ${warning}`);
  return EXIT.accepted;
}
