import { benchRunSettingsSchema, type BenchRunSettings } from '../../schemas/bench-run-settings.ts';

/** The settings of a usual run: everything measured, production paused meanwhile. */
export function benchRunSettings(changes: Partial<BenchRunSettings> = {}): BenchRunSettings {
  return benchRunSettingsSchema.parse({
    corpus_version: 'corpus-v1',
    qa: 'eval-qa-v1',
    min_scoreable: 10,
    allow_hash_mismatch: null,
    base_url: 'http://127.0.0.1:8000/v1',
    api_key_env: null,
    allow_remote_inference: false,
    allowed_hosts: [],
    production_url: 'http://127.0.0.1:8787',
    embedding_model: 'embed-small',
    judge: { model: 'judge-70b', base_url: 'http://127.0.0.1:8000/v1', api_key_env: null, sample_size: 20 },
    mode: 'hybrid',
    temperature: 0.7,
    top_p: null,
    max_tokens: null,
    call_timeout_ms: 120_000,
    ttl_s: 120,
    renew_every_s: 30,
    max_pause_s: 2_700,
    max_failed_share: 0.02,
    warmup_calls: 3,
    self_consistency: { events: 5, runs_per_event: 5 },
    gate_thresholds: { refusal_max: 0 },
    seeds: { corpus: 42, warmup: 7, self_consistency: 11, judge: 13, bootstrap: 42 },
    dry_run: false,
    ...changes,
  });
}
