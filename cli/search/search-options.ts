import { Option, type Command } from 'commander';
import type { SearchRequest } from '../../activities/search-ports.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import { SEARCH_MODES, SEARCH_STRATEGIES, type SearchMode, type SearchStrategy } from '../../schemas/vocabulary.ts';
import type { PlaceOptions } from '../places.ts';
import { mayRepeat } from '../program/refuse-repeats.ts';
import { knobValue, type KnobValues } from './knob-values.ts';

/** What every command that searches can be told about how. */
export interface SearchOptions extends PlaceOptions {
  readonly retriever: string;
  readonly mode?: SearchMode;
  readonly set?: KnobValues;
  readonly strategy?: SearchStrategy;
  readonly keywordOnly?: boolean;
  readonly expansion?: boolean;
  readonly rerank?: 'on' | 'off';
  readonly autocut?: 'on' | 'off';
}

/** Adds the options that say which engine searches, and how. */
export function searching(command: Command): Command {
  return command
    .addOption(
      new Option('--retriever <name>', 'search engine: builtin, or an entry of search.retrievers in the config').default('builtin'),
    )
    .addOption(new Option('--mode <mode>', 'bundle of knobs, for this call').choices(SEARCH_MODES))
    .addOption(mayRepeat(new Option('--set <knob=value>', 'one knob, for this call; may be repeated').argParser(knobValue)))
    .addOption(new Option('--strategy <strategy>', 'arms: all that there are, words alone, or vectors alone').choices(SEARCH_STRATEGIES));
}

/** The same, with the short forms of single knobs. */
export function searchingInDetail(command: Command): Command {
  return searching(command)
    .option('--keyword-only', 'the same as --strategy keyword')
    .option('--expansion', 'adds other wordings of the query; needs a model')
    .addOption(new Option('--rerank <on|off>', 'whether a reranker orders the first rows').choices(['on', 'off']))
    .addOption(new Option('--autocut <on|off>', 'whether the list ends where rerank scores fall').choices(['on', 'off']));
}

/** How a command wants to search: strategy, mode, per-call knobs. UsageError where two options say different things. */
export function howToSearch(options: SearchOptions, more: KnobValues = {}): Pick<SearchRequest, 'strategy' | 'mode' | 'knobs'> {
  const { strategy, keywordOnly, mode } = options;
  if (keywordOnly === true && strategy !== undefined && strategy !== 'keyword') {
    throw new UsageError(
      `reading the options: expected one strategy, found --keyword-only and --strategy ${strategy}.`,
      'Leave one of them out.',
      { flag: '--strategy', value: strategy },
    );
  }
  const short: KnobValues = {
    ...(options.expansion === true ? { expansion: true } : {}),
    ...(options.rerank === undefined ? {} : { reranker: options.rerank === 'on' }),
    ...(options.autocut === undefined ? {} : { autocut: options.autocut === 'on' }),
    ...more,
  };
  const twice = Object.keys(short).find((knob) => options.set !== undefined && Object.hasOwn(options.set, knob));
  if (twice !== undefined) {
    throw new UsageError(
      `reading the options: expected ${twice} once, found it in --set and in an option of its own.`,
      'Leave one of them out.',
      {
        flag: '--set',
        value: twice,
      },
    );
  }
  return { strategy: strategy ?? (keywordOnly === true ? 'keyword' : 'hybrid'), mode, knobs: { ...options.set, ...short } };
}

/** The collection of an evaluation: the one named, else that of the config. UsageError when there is neither. */
export function collectionOf(named: string | undefined, { collection }: SearchSettings): string {
  const name = named ?? collection;
  if (name !== undefined) return name;
  throw new UsageError(
    'looking for the collection: expected --collection or search.collection in the config, found neither.',
    'Name one with --collection NAME; `lauter search list` shows which there are.',
    { flag: '--collection' },
  );
}
