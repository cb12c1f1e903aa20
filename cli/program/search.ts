import type { Command } from 'commander';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { addSearchEmbedder } from './search-embedder.ts';
import { addSearchIndex } from './search-index.ts';
import { addSearchTuning } from './search-tuning.ts';
import { addSearchQuery } from './search-query.ts';

/** `lauter search …`: collections of pages, and what is found in them. */
export function addSearch(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const search = program.command('search').description('make collections of pages searchable, and search them');
  addSearchIndex(search, io, settle);
  addSearchQuery(search, io, settle);
  addSearchEmbedder(search, io, settle);
  addSearchTuning(search, io, settle);
}
