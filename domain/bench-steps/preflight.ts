/** What is looked at before a bench begins, in the order in which it is told. All of it is looked at, and one `abort` is enough. */
export const PREFLIGHT_CHECKS = [
  'prod_reachable',
  'prod_not_paused',
  'guard_alive',
  'slot_free',
  'corpus_present',
  'qa_scoreable',
  'qa_provenance',
  'inference_reachable',
  'model_served',
  'judge_served',
  'url_safe',
  'disk_free',
  'time_budget',
  'ledger_ok',
] as const;
export type PreflightName = (typeof PREFLIGHT_CHECKS)[number];

/** How long production may take to come to rest, how often it is asked, and how often it is looked at from then on. */
export const QUIESCENCE_LIMIT_S = 300;
export const QUIESCENCE_POLL_S = 2;
export const WATCH_EVERY_S = 5;
