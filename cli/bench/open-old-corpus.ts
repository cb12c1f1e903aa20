import type { OpenCorpus } from '../../activities/bench/open-corpus.ts';
import type { OpenQa } from '../../activities/bench/open-qa.ts';
import { openCorpusFiles } from '../../adapters/bench/corpus-files.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { openCorpusOf } from './open-bench.ts';

/**
 * The corpus that a fixture is bound to: the named one, else that of its provenance. Undefined when that one is gone; the content hashes that the
 * rows themselves record must then do. UsageError when nobody says which it was, or when it is not the one that the goldens were bound to.
 */
export async function openOldCorpus(
  root: string,
  { name, provenance }: OpenQa,
  named: string | undefined,
): Promise<OpenCorpus | undefined> {
  const version = named ?? provenance?.corpus_version;
  if (version === undefined) {
    throw new UsageError(
      `grafting ${name}: expected to know the corpus that it is bound to, found no provenance that names one.`,
      'Name it with --from-corpus-version.',
    );
  }
  if (named === undefined && !openCorpusFiles(root, version).has('manifest.json')) return undefined;
  const corpus = await openCorpusOf(root, version);
  const bound = provenance?.corpus_content_hash;
  if (bound === undefined || bound === corpus.contentHash) return corpus;
  throw new UsageError(
    `grafting ${name}: expected the corpus that its provenance names, ${bound}, found ${corpus.contentHash} under the label ${version}.`,
    'Name the right one with --from-corpus-version.',
  );
}
