import type { Command } from 'commander';
import type { SearchIndexOptions } from '../commands/search-index.ts';
import type { SearchListOptions } from '../commands/search-list.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** The part of `lauter search …` that makes collections and lists them. */
export function addSearchIndex(search: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(
      search
        .command('index <collection>')
        .description(
          'makes pages searchable: a folder of Markdown or JSON pages, a corpus.jsonl, exported playbooks, or a collection in the form of SMART or TREC; what is unchanged is not written again',
        ),
    )
      .requiredOption('--from <path>', 'file or folder of pages')
      .option('--source <id>', 'source of every page that is read, whatever a page says')
      .option('--embedder <name>', 'entry of search.embedders in the config, deterministic, or none; what the config says unless stated')
      .option('--replace', 'pages that are not read go; without it they stay')
      .option('--synthetic', 'every page is made up: what is measured on the collection may be published')
      .option('--json', 'print what became of the pages as one JSON document'),
    'lauter search index notes --from ~/notes --source wiki',
    'schema_version collection pages chunks added updated removed quarantined[{path reason}] generation corpus_hash embedder duration_ms',
  ).action(async (collection: string, options: SearchIndexOptions) =>
    settle(await (await import('../commands/search-index.ts')).searchIndex(io, collection, options)),
  );
  explained(
    placed(search.command('list').description('the collections of the workspace')).option('--json', 'print them as one JSON document'),
    'lauter search list',
    'schema_version collections[{name generation pages chunks corpus_hash embedder synthetic written_at}]',
  ).action(async (options: SearchListOptions) => settle((await import('../commands/search-list.ts')).searchList(io, options)));
}
