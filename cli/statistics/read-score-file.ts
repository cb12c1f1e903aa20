import { resolve } from 'node:path';
import { readTextFile } from '../../adapters/gate/read-rows.ts';
import { readScores, type ReadScores } from '../../domain/comparison/index.ts';
import type { Io } from '../io.ts';

/** The scores of a file as it is named on a command line; `clusterBy` is `none`, `conversation` or the name of a column. CollectionError for what is none. */
export function readScoreFile(io: Io, name: string, clusterBy = 'none'): ReadScores {
  const { text } = readTextFile(resolve(io.cwd, name), name);
  return readScores(text, name, clusterBy === 'none' ? null : clusterBy === 'conversation' ? 'cluster' : clusterBy);
}
