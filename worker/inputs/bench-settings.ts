import { readProductionUrl } from '../../adapters/production/production-url.ts';
import { refuseTtl } from '../../domain/pause/index.ts';
import { DEFAULT_GATE_THRESHOLDS, JUDGE_SAMPLE_SIZE, MAX_FAILED_SHARE } from '../../domain/bench/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { BenchRunSettings } from '../../schemas/bench-run-settings.ts';
import type { Config } from '../../schemas/config.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';

/** What may be chosen for a run of a bench. Durations are in milliseconds. */
export interface MeasureChoices {
  readonly corpusVersion: string;
  readonly qa?: string;
  readonly mode: BenchMode;
  readonly temperature: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly minScoreable: number;
  readonly allowHashMismatch?: string;
  readonly baseUrl?: string;
  readonly allowRemoteInference?: boolean;
  /** False for `--no-production`; a URL when it is named. */
  readonly productionUrl?: string;
  readonly production?: boolean;
  readonly embeddingModel?: string | undefined;
  readonly judgeModel?: string;
  readonly callTimeout: number;
  readonly maxPause: number;
  readonly ttl: number;
  readonly renewEvery: number;
  readonly maxFailedShare?: number;
  readonly dryRun?: boolean;
}

/** The settings of a run, from the command line before the config. UsageError for what does not fit together. */
export function runSettings(options: MeasureChoices, { bench }: Config): BenchRunSettings {
  const judgeModel = options.judgeModel ?? bench.judge_model;
  const base_url = plainUrl('--base-url', options.baseUrl ?? bench.base_url);
  const settings: BenchRunSettings = {
    corpus_version: options.corpusVersion,
    qa: options.qa ?? null,
    min_scoreable: options.minScoreable,
    allow_hash_mismatch: options.allowHashMismatch ?? null,
    base_url,
    api_key_env: bench.api_key_env ?? null,
    allow_remote_inference: options.allowRemoteInference ?? false,
    allowed_hosts: bench.allowed_hosts,
    production_url: productionUrl(options, bench.production_url),
    embedding_model: options.embeddingModel ?? bench.embedding_model ?? null,
    judge:
      judgeModel === undefined
        ? null
        : {
            model: judgeModel,
            base_url: plainUrl('bench.judge_url', bench.judge_url ?? base_url),
            api_key_env: bench.judge_api_key_env ?? (bench.judge_url === undefined ? (bench.api_key_env ?? null) : null),
            sample_size: JUDGE_SAMPLE_SIZE,
          },
    mode: options.mode,
    temperature: options.temperature,
    top_p: options.topP ?? null,
    max_tokens: options.maxTokens ?? null,
    call_timeout_ms: options.callTimeout,
    ttl_s: options.ttl / 1000,
    renew_every_s: options.renewEvery / 1000,
    max_pause_s: options.maxPause / 1000,
    max_failed_share: options.maxFailedShare ?? MAX_FAILED_SHARE,
    warmup_calls: WARMUP_CALLS,
    self_consistency: { events: 5, runs_per_event: 5 },
    gate_thresholds: { ...DEFAULT_GATE_THRESHOLDS },
    seeds: { corpus: 42, warmup: 7, self_consistency: 11, judge: 13, bootstrap: 42 },
    dry_run: options.dryRun ?? false,
  };
  refuseWhatDoesNotFit(settings);
  return settings;
}

const WARMUP_CALLS = 3;

function productionUrl({ production, productionUrl: named }: MeasureChoices, configured: string | undefined): string | null {
  if (production === false) {
    if (named === undefined) return null;
    throw new UsageError('reading --no-production: expected it without --production-url, found both.', 'Leave one of them out.');
  }
  const url = named ?? configured;
  if (url === undefined) {
    throw new UsageError(
      'looking for the system to pause: expected --production-url or bench.production_url, found neither.',
      'Name it, or say that there is none with --no-production.',
    );
  }
  return readProductionUrl(url);
}

/** A URL that can stand in records: nobody's password is in it. */
function plainUrl(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError(`reading ${flag}: expected an http or https URL, found another text.`, 'Write it like http://127.0.0.1:8000/v1.');
  if (url.username === '' && url.password === '' && url.search === '') return text.replace(/\/+$/, '');
  throw new UsageError(
    `reading ${flag}: expected a URL without user, password and query, found one with them.`,
    'Name the environment variable that holds the key as bench.api_key_env.',
  );
}

function refuseWhatDoesNotFit({ mode, embedding_model, qa, ttl_s, renew_every_s, max_pause_s }: BenchRunSettings): void {
  const ttl = refuseTtl(ttl_s, renew_every_s);
  if (ttl !== null) throw new UsageError(`reading --ttl: ${ttl}`, 'Make it longer.');
  if (ttl_s > max_pause_s)
    throw new UsageError(`reading --ttl: expected at most --max-pause (${max_pause_s} s), found ${ttl_s} s.`, 'Make it shorter.');
  if (qa !== null && mode !== 'lexical' && embedding_model === null) {
    throw new UsageError(
      `reading --mode ${mode}: expected a model that embeds, found none.`,
      'Name one with --embedding-model or bench.embedding_model, or measure --mode lexical.',
    );
  }
}
