import type { CorpusFiles, QaFiles } from '../../activities/bench/corpus-files.ts';
import { openCorpus, type OpenCorpus } from '../../activities/bench/open-corpus.ts';
import { openQa, type OpenQa } from '../../activities/bench/open-qa.ts';
import { openCorpusFiles, type StoredCorpus } from '../../adapters/bench/corpus-files.ts';
import { readProvenanceText, readQaLines, type QaPlace } from '../../adapters/bench/qa-files.ts';
import { sha256, startSha256 } from '../../adapters/digest.ts';
import { readCorpusParquet } from '../../adapters/lake/bench-parquet.ts';

/** What reading a corpus is told hashes with. */
export const DIGESTS = { sha256, startSha256 };

/** The files of a corpus, its Parquet included. */
export function corpusFiles(stored: StoredCorpus): CorpusFiles {
  return { ...stored, parquetRows: () => readCorpusParquet(stored.path('corpus.parquet')) };
}

/** Opens the corpus of this label in a workspace. */
export function openCorpusOf(workspace: string, version: string): Promise<OpenCorpus> {
  return openCorpus(corpusFiles(openCorpusFiles(workspace, version)), DIGESTS);
}

/** Opens the fixture at a place. */
export function openQaAt(place: QaPlace): Promise<OpenQa> {
  const files: QaFiles = { ...place, lines: () => readQaLines(place), provenanceText: () => readProvenanceText(place) };
  return openQa(files);
}
