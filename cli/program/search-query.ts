import { Option, type Command } from 'commander';
import { SEARCH_DETAILS } from '../../schemas/vocabulary.ts';
import type { SearchQueryOptions } from '../commands/search-query.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { searchingInDetail } from '../search/search-options.ts';
import { budgetOrNone, wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const MOST_ROWS = 100_000;

/** The part of `lauter search …` that searches. */
export function addSearchQuery(search: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    searchingInDetail(placed(search.command('query <collection> <text>').description('what a collection has on a question, best first')))
      .addOption(new Option('--limit <n>', 'passages at most; what the mode says unless stated').argParser(wholeNumber(1, MOST_ROWS)))
      .addOption(new Option('--offset <n>', 'passages left out before the first').argParser(wholeNumber(0, MOST_ROWS)).default(0))
      .addOption(new Option('--detail <level>', 'how much of a page is wanted; told by the wording unless stated').choices(SEARCH_DETAILS))
      .option('--source <id>', 'only pages of this source')
      .addOption(new Option('--token-budget <n|none>', 'tokens that the passages may have together').argParser(budgetOrNone))
      .option('--no-cache', 'neither takes an answer from the cache nor keeps one')
      .option('--explain', 'tells the rank in each arm, multipliers and what each stage dropped')
      .option('--json', 'print the answer as one JSON document'),
    'lauter search query notes "who runs the harbour office?" --explain',
    'schema_version query mode knob_hash intent detail results[{source_id slug key chunk_id kind title text score rank arms flags}] meta{degraded vector_enabled expansion_applied reranked cache budget latency_ms corpus_hash generation} explain',
  ).action(async (collection: string, text: string, options: SearchQueryOptions) =>
    settle(await (await import('../commands/search-query.ts')).searchQuery(io, collection, text, options)),
  );
}
