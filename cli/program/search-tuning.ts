import { Option, type Command } from 'commander';
import { SEARCH_MODES } from '../../schemas/vocabulary.ts';
import type { SearchModesOptions } from '../commands/search-modes.ts';
import type { SearchStatsOptions } from '../commands/search-stats.ts';
import type { SearchTuneOptions } from '../commands/search-tune.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from './arguments.ts';
import { withGlossary } from './glossary.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** The part of `lauter search …` that shows what decides searches, what they came to, and what that suggests to change. */
export function addSearchTuning(search: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(search.command('modes').description('every knob of a search, its value and who decided it'))
      .option('--reset', 'take all knobs out of the config first; search.mode stays')
      .addOption(new Option('--source <mode>', 'show another bundle; nothing is changed').choices(SEARCH_MODES))
      .option('--costs', 'what each mode costs whoever reads what it finds, by model')
      .option('--json', 'print them as one JSON document'),
    'lauter search modes --costs',
    'schema_version active_mode active_mode_valid shown_mode resolved{knob{value source source_detail description}} bundles config_keys knob_hash cleared costs{price_table tokens_per_chunk models per_query per_month matrix agent_loop pairings own notes}',
  ).action(async (options: SearchModesOptions) => settle(await (await import('../commands/search-modes.ts')).searchModes(io, options)));
  explained(
    placed(withGlossary(search.command('stats').description('what the searches of the last days came to; no query is kept')))
      .addOption(
        new Option('--days <number>', 'days to look back on, 365 at most').argParser(wholeNumber(1, Number.MAX_SAFE_INTEGER)).default(7),
      )
      .option('--json', 'print it as one JSON document'),
    'lauter search stats --days 30',
    'schema_version total_calls cache_hits cache_misses cache_hit_rate avg_results avg_tokens total_budget_dropped intent_distribution mode_distribution window_days avg_rank1_score rank1_distribution{lt_solid solid high} empty_results{total rate by_cause} coverage{scored_calls rate} graph_signals{enabled} p50_latency_ms p95_latency_ms p99_latency_ms _meta{from to rollup_rows unreadable_lines metric_glossary unknown_metrics}',
  ).action(async (options: SearchStatsOptions) => settle((await import('../commands/search-stats.ts')).searchStats(io, options)));
  explained(
    placed(search.command('tune').description('what the searches of the last 7 days suggest to change in the config'))
      .option('--apply', 'change it so')
      .option('--json', 'print it as one JSON document, after the change'),
    'lauter search tune --apply',
    'schema_version status calls recommendations[{id key from to reason evidence apply_command revert_command}] applied',
  ).action(async (options: SearchTuneOptions) => settle((await import('../commands/search-tune.ts')).searchTune(io, options)));
}
