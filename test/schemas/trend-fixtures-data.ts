import type { EvalTrend, TrendPoint } from '../../schemas/eval-trend.ts';
import { SHA256, TIME } from './fixture.ts';

export const TREND_POINT: TrendPoint = {
  run_id: 'c0ffee-longmemeval-balanced-42',
  run_uid: 'night-1',
  ran_at: TIME,
  status: 'completed',
  commit: 'c0ffee',
  dataset_hash: SHA256,
  question_set_hash: SHA256,
  knob_hash: SHA256,
  corpus_hash: null,
  value: 0.8,
  n: 50,
  ci95: [0.7, 0.9],
  method: 'wilson',
  source: 'rows',
  changed: ['knobs', 'commit'],
  starts_anew: true,
  note: null,
};

/** A trend of one record. */
export const TREND: EvalTrend = {
  schema_version: 1,
  days: 30,
  series: [{ suite: 'longmemeval', mode: 'balanced', metric: 'recall_all@5', points: [TREND_POINT] }],
  notices: ['the fog was thick'],
  malformed_lines: 0,
  _meta: {
    metric_glossary: {},
    unknown_metrics: [],
    footer: {
      commit: 'c0ffee',
      lauter_version: '0.1.0',
      datasets: [{ suite: 'longmemeval', name: 'village.json', sha256: SHA256 }],
      question_set_hash: null,
      seed: 42,
      resamples: 10_000,
      arms: [],
      corpus_hash: null,
      prompt_hashes: {},
      models: [],
      commands: ['lauter eval trend'],
      run_ids: ['night-1'],
      started_at: TIME,
      finished_at: TIME,
      cost: { estimated_usd: null, settled_usd: null },
      price_table: null,
      degraded: {},
      errored: 0,
      is_reproducible: true,
    },
  },
};
