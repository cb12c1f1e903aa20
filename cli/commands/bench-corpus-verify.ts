import { verifyCorpus } from '../../activities/bench/verify-corpus.ts';
import { openCorpusFiles } from '../../adapters/bench/corpus-files.ts';
import { corpusFiles, DIGESTS } from '../bench/open-bench.ts';
import { tellCorpusVerification } from '../bench/tell-corpus.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

export interface CorpusVerifyOptions extends PlaceOptions {
  readonly corpusVersion: string;
  readonly json?: boolean;
}

/** `lauter bench corpus verify`: whether every hash, count and row of a corpus is as it was frozen. */
export async function benchCorpusVerify(io: Io, options: CorpusVerifyOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const verified = await verifyCorpus(corpusFiles(openCorpusFiles(root, options.corpusVersion)), DIGESTS);
  io.out(options.json === true ? JSON.stringify(verified, null, 2) : tellCorpusVerification(verified));
  return verified.ok ? EXIT.accepted : EXIT.refused;
}
