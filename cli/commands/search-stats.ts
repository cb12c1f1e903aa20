import { nowMs } from '../../adapters/clock.ts';
import { readSearchCalls } from '../../adapters/search/telemetry.ts';
import { SEARCH_STATS_METRICS } from '../../domain/glossary/index.ts';
import { summarizeCalls } from '../../domain/telemetry/index.ts';
import type { SearchStats } from '../../schemas/search-stats.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';
import { readKnobSetup } from '../search/knob-setup.ts';

const MOST_DAYS = 365;
const DAY_MS = 86_400_000;

export interface SearchStatsOptions extends PlaceOptions, GlossaryChoice {
  readonly days: number;
  readonly json?: boolean;
}

/** `lauter search stats`: what the searches of the last days came to. */
export function searchStats(io: Io, options: SearchStatsOptions): ExitCode {
  const days = Math.min(options.days, MOST_DAYS);
  if (days < options.days) io.err(`--days ${options.days} is more than is kept: ${days} count.`);
  const toMs = nowMs();
  const [from, to] = [new Date(toMs - days * DAY_MS).toISOString(), new Date(toMs).toISOString()];
  const { calls, unreadableLines } = readSearchCalls(workspaceFolder(io, options), from);
  const { knobs } = readKnobSetup(io, options).resolved;
  const stats = summarizeCalls(calls, { days, from, to, unreadableLines, hasGraphSignals: knobs.graph_signals });
  io.out(options.json === true ? JSON.stringify(stats, null, 2) : tell(stats) + glossaryBelow(options, SEARCH_STATS_METRICS));
  return EXIT.accepted;
}

function tell(stats: SearchStats): string {
  const { empty_results: empty, rank1_distribution: first, _meta: meta } = stats;
  const lines: [string, string][] = [
    ['searches', `${stats.total_calls} in ${stats.window_days} days`],
    ['modes', counts(stats.mode_distribution)],
    ['intents', counts(stats.intent_distribution)],
    ['cache', `${stats.cache_hits} hits, ${stats.cache_misses} misses, rate ${rounded(stats.cache_hit_rate, 3)}`],
    [
      'results',
      `${rounded(stats.avg_results, 1)} a call, ${rounded(stats.avg_tokens, 0)} tokens, ${stats.total_budget_dropped} dropped by budgets`,
    ],
    ['first', `score ${rounded(stats.avg_rank1_score, 3)}; ${first.lt_solid} below 0.6, ${first.solid} solid, ${first.high} from 0.85 on`],
    ['scored', `${stats.coverage.scored_calls} searches with a score of their first result, share ${rounded(stats.coverage.rate, 3)}`],
    ['graph', `signals ${stats.graph_signals.enabled ? 'on' : 'off'}`],
    ['empty', `${empty.total}${empty.total === 0 ? '' : ` (${counts(empty.by_cause)})`}`],
    [
      'latency',
      `p50 ${rounded(stats.p50_latency_ms, 0)} ms, p95 ${rounded(stats.p95_latency_ms, 0)} ms, p99 ${rounded(stats.p99_latency_ms, 0)} ms`,
    ],
    ...(meta.unreadable_lines === 0 ? [] : [['unreadable', `${meta.unreadable_lines} lines`] as [string, string]]),
  ];
  return lines.map(([name, text]) => `${name.padEnd(12)}${plain(text)}`).join('\n');
}

function counts(of: Readonly<Record<string, number>>): string {
  const told = Object.entries(of).map(([name, count]) => `${name} ${count}`);
  return told.length === 0 ? 'none' : told.join(', ');
}

function rounded(value: number | null, digits: number): string {
  return value === null ? 'n/a' : value.toFixed(digits);
}
