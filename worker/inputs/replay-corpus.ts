import { join, resolve } from 'node:path';
import type { Corpus } from '../../activities/replay/replay-world.ts';
import { sha256 } from '../../adapters/digest.ts';
import { latestExport } from '../../adapters/files/find-lines.ts';
import { readPlaybooks } from '../../adapters/files/playbook-file.ts';
import { PlaybookIndex } from '../../domain/replay/index.ts';
import { compareCodePoints } from '../../domain/shared/code-point-order.ts';
import { ConfigError, UsageError } from '../../domain/shared/errors.ts';
import type { RagRow } from '../../schemas/export-rows.ts';
import { openHybridPlaybooks, type HybridPlace, type HybridPlaybooks } from './hybrid-playbooks.ts';

/** What the retriever `hybrid` needs of its surroundings. */
export type CorpusSearch = Omit<HybridPlace, 'workspace' | 'embedder'>;

/** A corpus that holds what it is searched with. */
export interface OpenedCorpus extends Corpus {
  close(): Promise<void>;
}

/** Which playbooks, and how they are searched. */
export interface CorpusChoice {
  /** Relative ones start from the folder that is given with it. */
  readonly file?: string | undefined;
  /** Run whose export it is where no file is named; that of `exports/latest` when left out. */
  readonly run?: string | undefined;
  readonly share?: number | undefined;
  readonly search?: CorpusSearch | undefined;
}

/**
 * The playbooks of a file, or of an export; of a `share`, above 0 and up to 1, the first in the order of the sha256 of their ids, so that a smaller share
 * lies in every larger one. Their words are looked at once, when they are first searched by. UsageError when there are none: nothing could be retrieved.
 */
export async function openCorpus(cwd: string, workspace: string, { file, run, share = 1, search }: CorpusChoice): Promise<OpenedCorpus> {
  const runId = file === undefined ? (run ?? latestExport(workspace)) : null;
  if (file === undefined && runId === null) throw emptyCorpus('exports/latest', 'no accepted export yet');
  const path = file === undefined ? join(workspace, 'exports', runId!, 'rag', 'playbooks.jsonl') : resolve(cwd, file);
  const { rows: all, sha256: hash } = await readPlaybooks(path);
  if (all.length === 0) throw emptyCorpus(file ?? 'exports/latest/rag/playbooks.jsonl', 'none');
  const rows = takeShare(all, share);
  let words: PlaybookIndex | undefined;
  let hybrid: HybridPlaybooks | undefined;
  return {
    runId,
    rows,
    sha256: hash,
    async find(task, { retriever, topK }, signal) {
      if (retriever !== 'hybrid') return { ranked: (words ??= new PlaybookIndex(rows)).rank(task, { retriever, topK }) };
      if (search === undefined) {
        throw new ConfigError(
          'searching playbooks by hybrid: expected the settings of the search, found none.',
          'Begin it anew: it was begun by a version that knew no hybrid search.',
        );
      }
      hybrid ??= openHybridPlaybooks({ ...search, workspace }, { rows, sha256: hash });
      return hybrid.find(task, topK, signal);
    },
    close: async () => hybrid?.close(),
  };
}

function emptyCorpus(place: string, found: string): UsageError {
  return new UsageError(
    `looking for playbooks, on ${place}: expected at least one, found ${found}; nothing was asked.`,
    'Make some with `lauter distill run-all`, name a file with --corpus FILE, or ask for the baseline with --no-retrieval.',
  );
}

function takeShare(rows: readonly RagRow[], share: number): readonly RagRow[] {
  if (!(share > 0 && share <= 1)) {
    throw new UsageError(
      `taking a share of the playbooks: expected a number above 0 and up to 1, found ${share}.`,
      'Name one like 0.25; 1 is all of them.',
    );
  }
  if (share === 1) return rows;
  // 0.07 * 100 is a little more than 7.
  const count = Math.ceil(Number((share * rows.length).toPrecision(12)));
  const lots = rows.map((row) => ({ row, lot: sha256(row.id) })).sort((left, right) => compareCodePoints(left.lot, right.lot));
  return lots.slice(0, count).map(({ row }) => row);
}
