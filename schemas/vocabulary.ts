/**
 * The closed word lists of the product. Plain constants, no library: workflows and rules may import this file.
 * Each list is the one place where a word is defined; schemas, reports and docs derive from it.
 */

/** Names of the trace formats Lauter reads. */
export const ADAPTERS = [
  'openai-chat',
  'claude-code',
  'swe-agent',
  'aider-bench',
  'tau-bench',
  'intercode',
  'reflexion',
  'inspect',
  'review-comments',
  'otel-genai',
  'langfuse',
  'promptfoo',
  'pairwise',
  'bench-run',
  'replay-log',
  'mapped',
] as const;
export type AdapterName = (typeof ADAPTERS)[number];

/** What a scored run can be. Exactly one per evidence record. */
export const CATEGORIES = ['accepted', 'partially_accepted', 'rejected', 'needs_human_review'] as const;
export type Category = (typeof CATEGORIES)[number];

/** What happened to the task, as far as the source knows. */
export const OUTCOME_STATES = ['success', 'partial', 'failure', 'unknown'] as const;
export type OutcomeState = (typeof OUTCOME_STATES)[number];

/** Who said so. */
export const OUTCOME_ORIGINS = ['reward', 'tests', 'human', 'judge', 'none'] as const;
export type OutcomeOrigin = (typeof OUTCOME_ORIGINS)[number];

/** Roles a message may have after normalization. */
export const ROLES = ['system', 'user', 'assistant', 'tool'] as const;
export type Role = (typeof ROLES)[number];

export const ARTIFACT_KINDS = ['patch', 'answer', 'command', 'file', 'comment'] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

/** A human's or judge's word on one attempt. */
export const VERDICT_WORDS = ['yes', 'no', 'partial'] as const;
export type VerdictWord = (typeof VERDICT_WORDS)[number];

/** The stages of a refinery run, in order. */
export const STAGES = ['materialize', 'score', 'export', 'receipts', 'audit'] as const;
export type Stage = (typeof STAGES)[number];

/** Data sets an export writes. */
export const EXPORT_SETS = ['rag', 'sft', 'preference'] as const;
export type ExportSet = (typeof EXPORT_SETS)[number];

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Files that a set may be written as. */
export const EXPORT_FORMATS = ['jsonl', 'parquet', 'arrow'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Shapes beside our own that trainers ask for. */
export const EXPORT_FORMS = ['openai', 'trl', 'sharegpt', 'unpaired'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

/** The forms that each set can be written in. */
export const FORMS_OF_SET = {
  rag: [],
  sft: ['openai', 'trl', 'sharegpt'],
  preference: ['openai', 'trl', 'unpaired'],
} as const satisfies Readonly<Record<ExportSet, readonly ExportForm[]>>;

/** A form of a set. */
export type FormName = { [Set in ExportSet]: `${Set}/${(typeof FORMS_OF_SET)[Set][number]}` }[ExportSet];

/** Why a row of a set has no line in one of its forms. The row itself stays in the set. */
export const FORM_REFUSALS = {
  blank_turn: 'A turn neither says nor calls anything, which the form does not allow.',
  arguments_not_json: 'The arguments of a tool call are not a JSON object.',
  tool_not_allowed: 'A tool has a name the form does not allow, or there are more tools than it allows.',
  unanswered_call: 'A tool call has no result, or a result has no call.',
  illegal_end: 'The conversation does not end with the turn that the form asks for.',
  not_alternating: 'A tool result is followed by a user turn, and the form asks for the assistant between them.',
  reserved_words: 'A text holds marks that the reader of the form takes for its own.',
  several_turns: 'An answer of the pair is more than one text of the assistant.',
  both_sides: 'The answer is the better one in one pair and the worse one in another, so it has no label.',
  repeated: 'The same answer to the same prompt already has a line.',
} as const;
export type FormRefusal = keyof typeof FORM_REFUSALS;

/** The values a quality score may take in an SFT row: the first firewall. `rejected` and `needs_human_review` cannot be said here. */
export const SFT_QUALITY = ['accepted', 'partially_accepted'] as const;
export type SftQuality = (typeof SFT_QUALITY)[number];

/** Why a row did not make it, each with the sentence that docs and reports print. */
export const QUARANTINE_REASONS = {
  // While reading a source
  broken_json: 'The record is not valid JSON.',
  truncated_line: 'The last line ends in the middle of a record.',
  not_an_object: 'The record is valid JSON but not of the kind the format asks for.',
  not_utf8: 'The record is not valid UTF-8.',
  lone_surrogate: 'A string of the record holds half of a surrogate pair.',
  not_finite: 'A number of the record is NaN or infinite, or too large for a double.',
  duplicate_key: 'An object of the record names the same key twice, so its meaning depends on the reader.',
  too_deep: 'The record nests deeper than 200 levels.',
  too_large: 'The record is larger than max_record_bytes.',
  missing_field: 'A field that the format promises is absent or of another type.',
  exact_duplicate: 'The same record was already read; the smallest (source, file, place) survives.',
  // While exporting
  rejected: 'The scored run is rejected.',
  needs_human_review: 'The scored run waits for a human.',
  partial_excluded: 'The scored run is partially accepted and partial rows were not asked for.',
  no_prompt: 'The record has no prompt a model could learn from.',
  no_assistant_turn: 'The conversation has no assistant turn.',
  unanswered_tool_call: 'A tool call has no result.',
  orphan_tool_result: 'A tool result answers no call.',
  illegal_role_order: 'The roles do not follow a legal order.',
  oversized_row: 'The row is larger than max_row_chars.',
  equals_reference: 'The response equals the reference solution of the benchmark.',
  replay_generation: 'The row is model output fed back beyond max_generation.',
  near_duplicate: 'Another row of the set holds nearly the same text; the best one is kept.',
  contaminated: 'The record copies from an evaluation set.',
  duplicate_text: 'Another row of the set holds the same text; the best one is kept.',
  no_counterpart: 'No other record of the same task is strictly better or worse.',
  tie: 'Every other record of the task has the same value.',
  identical_text: 'The other answer is the same text.',
  different_system_prompt: 'The other records of the task were given another system prompt.',
  over_pair_limit: 'The task already has max_pairs_per_task pairs.',
} as const;
export type QuarantineReason = keyof typeof QUARANTINE_REASONS;

/** Why a run is refused. */
export const REFUSAL_REASONS = {
  firewall: 'The SFT file holds a row that must never stand there.',
  audit: 'A check of the audit stage found something.',
  quarantined_share: 'A source has more quarantined records than max_quarantined allows.',
  nothing_exported: 'No row was exported.',
  license_missing: 'A source has no license in the config, and require_license is set.',
  contamination: 'More rows of a set copy from an evaluation set than max_contamination allows.',
} as const;
export type RefusalReason = keyof typeof REFUSAL_REASONS;

/** What a run is accepted with, but should be known. */
export const RUN_WARNINGS = {
  license_missing: 'A source has no license in the config.',
} as const;
export type RunWarning = keyof typeof RUN_WARNINGS;

export const DRIFT_SEVERITIES = ['ok', 'warn', 'alert'] as const;
export type DriftSeverity = (typeof DRIFT_SEVERITIES)[number];

/** The numbers that full audits follow from baseline to baseline, each with what it counts. */
export const AUDIT_METRICS = {
  p2_evidence_rows: 'Evidence rows',
  p2_quarantined: 'Records quarantined while reading',
  p3_accepted: 'Scored runs accepted',
  p3_partially_accepted: 'Scored runs partially accepted',
  p3_rejected: 'Scored runs rejected',
  p3_needs_human_review: 'Scored runs that wait for a human',
  p4_rag_rows: 'RAG rows',
  p4_sft_rows: 'SFT rows',
  p4_preference_pairs: 'Preference pairs',
  p4_total_quarantined: 'Rows kept out of the sets',
} as const;
export type AuditMetric = keyof typeof AUDIT_METRICS;

/** States of a run, in the words of `lauter runs`. `interrupted`: begun, not ended, and the engine does not know it or is down. */
export const RUN_STATES = ['running', 'paused', 'interrupted', 'accepted', 'refused', 'failed', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What can have happened to a ledger since its rows were written. */
export const LEDGER_DAMAGES = {
  edit: 'A row is not what was written.',
  insertion: 'A row stands in the ledger that was never appended to it.',
  removal: 'A row is gone from the middle.',
  reorder: 'Rows stand in another order.',
  fork: 'Two rows follow the same row, or the head names a row that is not there.',
  truncation: 'The end was cut off.',
  head: 'The head file is gone or unreadable, so that nobody can tell whether the end was cut off.',
} as const;
export type LedgerDamage = keyof typeof LEDGER_DAMAGES;

/** How a replay finds the rows of its bundle. `none`: the baseline without retrieval. */
export const REPLAY_RETRIEVERS = ['jaccard', 'bm25', 'hybrid', 'none'] as const;
export type ReplayRetriever = (typeof REPLAY_RETRIEVERS)[number];

/** What of an answer has to occur in its bundle or task. `claim`: a sentence that only says again what the task asks to be verified. */
export const GROUNDING_KINDS = ['path', 'identifier', 'number', 'commit', 'url', 'quote', 'claim'] as const;
export type GroundingKind = (typeof GROUNDING_KINDS)[number];

/** What becomes of an answer that names something it was not given. `off`: nobody looks. */
export const GROUNDING_MODES = ['fail', 'warn', 'off'] as const;
export type GroundingMode = (typeof GROUNDING_MODES)[number];

/** Why the gate of a replay refuses an answer, in the order in which they are listed. */
export const REPLAY_REASONS = {
  no_answer: 'no model gave an answer',
  empty: 'the answer is empty',
  too_short: 'the answer has fewer than 80 characters',
  hedge: 'the answer hedges or refuses instead of answering',
  off_steps: 'the answer shares no word with the validation steps it was given',
  ungrounded: 'the answer names what neither the bundle nor the task names',
} as const;
export type ReplayReason = keyof typeof REPLAY_REASONS;

/** What a release has to pass, in the order of the gates, each with what it proves. */
export const RELEASE_GATES = {
  clean: 'Everything that the release is made of is committed.',
  tests: 'The full test suite passes.',
  milestones: 'Every milestone is a commit of the repository.',
  acceptance: 'The pipeline holds its invariants on the fixture that is built of every known trap.',
  audit: 'The data on disk passes the full audit, and is what its run wrote.',
  tag: 'No tag has the name of the version yet.',
} as const;
export type ReleaseGate = keyof typeof RELEASE_GATES;

/** What can come of a gate. `errored`: it could not be judged, which is no yes. */
export const GATE_STATES = ['passed', 'failed', 'errored'] as const;
export type GateState = (typeof GATE_STATES)[number];

/** What the gates come to. `inconclusive`: none said no, and one could not be judged. */
export const RELEASE_VERDICTS = ['accepted', 'refused', 'inconclusive'] as const;
export type ReleaseVerdict = (typeof RELEASE_VERDICTS)[number];

/** Ways to retrieve that a bench run measures. `hybrid` is the one that production uses, and the headline. */
export const BENCH_MODES = ['hybrid', 'semantic', 'lexical'] as const;
export type BenchMode = (typeof BENCH_MODES)[number];

/** What a model is called for. Gates count `main` alone. */
export const ATTEMPT_PURPOSES = ['main', 'self_consistency', 'warmup', 'judge'] as const;
export type AttemptPurpose = (typeof ATTEMPT_PURPOSES)[number];

/** Where an event of a run comes from: the sampled corpus, or its overlay of adversarial events, which enter no headline number. */
export const EVENT_STRATA = ['base', 'adversarial'] as const;
export type EventStratum = (typeof EVENT_STRATA)[number];

/** Why a model call brought no answer. */
export const CALL_ERROR_KINDS = ['timeout', 'connection', 'http_4xx', 'http_429', 'http_5xx', 'protocol'] as const;
export type CallErrorKind = (typeof CALL_ERROR_KINDS)[number];

/** Who chooses the seed that a model samples with. */
export const SAMPLING_SEED_MODES = ['none', 'fixed', 'per_run'] as const;
export type SamplingSeedMode = (typeof SAMPLING_SEED_MODES)[number];

/** The dimensions a judge scores an answer on, each from 1 to 5. */
export const JUDGE_DIMENSIONS = ['accuracy', 'usefulness', 'ask_suitability'] as const;
export type JudgeDimension = (typeof JUDGE_DIMENSIONS)[number];

/** What a bench run says about a model. */
export const MODEL_VERDICTS = ['PASS', 'FAIL', 'INCONCLUSIVE'] as const;
export type ModelVerdict = (typeof MODEL_VERDICTS)[number];

/** What a preflight check can come to. */
export const PREFLIGHT_STATES = ['pass', 'warn', 'abort'] as const;
export type PreflightState = (typeof PREFLIGHT_STATES)[number];

/** Why a bench run ended before its models were measured; a run that ended by itself has none. */
export const RUN_END_REASONS = [
  'dry_run',
  'preflight_aborted',
  'no_models',
  'cancelled',
  'deadline',
  'lease_lost',
  'pause_failed',
] as const;
export type RunEndReason = (typeof RUN_END_REASONS)[number];

/** Why an event of a source did not enter a corpus. */
export const EVENT_DROPS = {
  before_window: 'The event is older than the window.',
  after_window: 'The event lies behind the end of the window.',
  probe: 'The event is synthetic traffic that only checks that capture works.',
  unreadable_payload: 'The payload is no JSON object.',
  ineligible: 'The event says too little, by the rules of its source.',
  duplicate: 'The same event was already read.',
  unredactable: 'A detector still finds something in the redacted payload.',
} as const;
export type EventDrop = keyof typeof EVENT_DROPS;

/** What `corpus verify` holds a corpus to. */
export const CORPUS_CHECKS = [
  'manifest',
  'row',
  'row_hash',
  'duplicate',
  'payload',
  'redaction',
  'jsonl_content_hash',
  'corpus_content_hash',
  'event_count',
  'source_counts',
  'bucket',
  'parquet',
  'overlay_row',
  'overlay_hash',
] as const;
export type CorpusCheck = (typeof CORPUS_CHECKS)[number];

/** What can be wrong with a row of a fixture. */
export const QA_ERRORS = ['blank_question', 'source_filter_contradiction', 'source_filter_not_text'] as const;
export type QaError = (typeof QA_ERRORS)[number];

/** Whether a fixture is what its provenance says, against the corpus in use. */
export const QA_PROVENANCE_STATES = ['matches', 'differs', 'missing'] as const;
export type QaProvenanceState = (typeof QA_PROVENANCE_STATES)[number];

/** Why a determinism verdict says FAIL, in the order in which one stands for all: the words of the verdict. */
export const DETERMINISM_REASONS = {
  not_comparable: 'not comparable',
  invalid_run: 'invalid run',
  conditions_differ: 'conditions differ',
  too_few_runs: 'too few runs',
  nothing_measured: 'nothing measured',
  different_denominators: 'different denominators',
  missing: 'missing',
  invalid: 'invalid',
  over_budget: 'over budget',
} as const;
export type DeterminismReason = keyof typeof DETERMINISM_REASONS;

/** What can make a model fail BT-29, in the order in which it is looked at. */
export const DETERMINISM_CAUSES = {
  model_changed: 'The served model changed (reload, other quantisation)',
  inputs_changed: 'Corpus or questions changed',
  sampling_changed: 'Temperature or another sampling setting changed',
  nondeterminism: 'Real nondeterminism above the budget',
} as const;
export type DeterminismCause = keyof typeof DETERMINISM_CAUSES;

/** What the records say about a cause. `possible`: of nondeterminism alone, while another cause is not ruled out. */
export const CAUSE_STATES = ['found', 'possible', 'ruled out', 'not recorded'] as const;
export type CauseState = (typeof CAUSE_STATES)[number];

/** Whether runs may be compared. `partial`: as far as older files record it. */
export const COMPARABILITY_STATES = ['comparable', 'partial', 'not comparable'] as const;
export type ComparabilityState = (typeof COMPARABILITY_STATES)[number];

/** What a BT-29 pass covers: judge-mean too, or retrieval alone. */
export const BT29_CLAIMS = ['full', 'retrieval_only'] as const;
export type Bt29Claim = (typeof BT29_CLAIMS)[number];

/** What the trust ledger says about a model. `deferred`: nothing that clears it. */
export const BT29_STATES = ['deferred', 'passed', 'passed_retrieval_only', 'failed'] as const;
export type Bt29StateName = (typeof BT29_STATES)[number];

/** Whether a model is better than the last one that passed. */
export const BEST_ANSWERS = ['better', 'worse', 'not distinguishable'] as const;
export type BestAnswer = (typeof BEST_ANSWERS)[number];

/** What became of a run file that was to be imported. */
export const IMPORT_OUTCOMES = {
  stored: 'The run was not there and is stored.',
  completed: 'The run was there without its end and is complete now, or has come further.',
  replaced: 'The run was there and is replaced, as was asked.',
  skipped: 'The run is there already.',
  not_stored: 'The run ended before its models were measured: nothing of it is stored, and what was stored without its end is removed.',
  unusable: 'The file has no manifest with a run id: nothing is stored.',
} as const;
export type ImportOutcome = keyof typeof IMPORT_OUTCOMES;

/** Failure types that no retry can mend: listed once, non-retryable everywhere. */
export const PERMANENT_FAILURES = [
  'UsageError',
  'ConfigError',
  'SourceError',
  'SourceChangedError',
  'LakeCorruptError',
  'WorkspaceError',
  'FirewallBreach',
  'DiskFullError',
  'LeaseLostError',
  'CollectionError',
  'OverBudgetError',
] as const;

/** States of the lease of a pause. `resume_pending`: a resume was tried and could not be verified. */
export const LEASE_STATES = ['pausing', 'paused', 'resuming', 'resumed', 'resume_pending'] as const;
export type LeaseState = (typeof LEASE_STATES)[number];

/** Why a pause ends, each with the words that follow "production is resumed because". */
export const PAUSE_ENDS = {
  released: 'the run has released it',
  cancelled: 'the run was cancelled',
  ttl: 'the lease was not renewed in time',
  deadline: 'the lease has reached its deadline',
  pause_failed: 'the pause failed',
  not_quiescent: 'work in flight did not end in time',
  prod_restart: 'production did not stay paused by itself',
  lease_lost: 'the lease was lost',
  guard_lost: 'its guard is gone and none can be started in its place',
  guard_stopped: 'the guard was told to stop',
  marker_gone: 'the marker was taken away',
  marker_unreadable: 'the marker cannot be read',
} as const;
export type PauseEnd = keyof typeof PAUSE_ENDS;

/** What is wrong with a pause, each with the sentence that status and doctor print. */
export const PAUSE_ALARMS = {
  ttl_expired: 'Production may still be paused: the lease was not renewed in time.',
  deadline_passed: 'Production may still be paused: the lease has reached its deadline.',
  resume_pending: 'Production may still be paused: a resume was tried and could not be verified.',
  marker_unreadable: 'Production may be paused: the marker of a pause is there and cannot be read.',
} as const;
export type PauseAlarm = keyof typeof PAUSE_ALARMS;

// ---- search and its evaluation

/** Parts of a page that are cut into chunks apart from each other. */
export const CHUNK_KINDS = ['compiled_truth', 'timeline', 'body'] as const;
export type ChunkKind = (typeof CHUNK_KINDS)[number];

/** Ways to find a chunk; each gives a list of its own. */
export const SEARCH_ARMS = ['keyword', 'vector', 'title', 'relational'] as const;
export type SearchArm = (typeof SEARCH_ARMS)[number];

export const SEARCH_DETAILS = ['low', 'medium', 'high'] as const;
export type SearchDetail = (typeof SEARCH_DETAILS)[number];

/** What a query asks for, in the order in which patterns are tried. */
export const SEARCH_INTENTS = ['full_context', 'temporal', 'event', 'concept', 'entity', 'general'] as const;
export type SearchIntent = (typeof SEARCH_INTENTS)[number];

/** Bundles of knobs. */
export const SEARCH_MODES = ['conservative', 'balanced', 'tokenmax'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** Why a search found nothing, as far as it can tell. */
export const EMPTY_CAUSES = ['vector_disabled', 'budget_dropped_all', 'keyword_zero'] as const;
export type EmptyCause = (typeof EMPTY_CAUSES)[number];

/** What a search's own record suggests to change. */
export const TUNING_RULES = ['mode_budget_drops', 'cache_too_lenient', 'mode_for_small_model', 'cache_disabled'] as const;
export type TuningRule = (typeof TUNING_RULES)[number];

/** Who decided a knob: the call, the config or environment, the bundle of the mode, or the bundle that counts when the mode is none. */
export const KNOB_SOURCES = ['per-call', 'override', 'mode', 'fallback'] as const;
export type KnobSource = (typeof KNOB_SOURCES)[number];

/** Which arms a search uses: all that are there, or one alone. */
export const SEARCH_STRATEGIES = ['hybrid', 'keyword', 'vector'] as const;
export type SearchStrategy = (typeof SEARCH_STRATEGIES)[number];

/** A stage that was asked for and did not run, each with what people read before the results. */
export const DEGRADATIONS_TOLD = {
  no_embedder: 'keyword only (no embedder configured)',
  embedding_failed: 'keyword only (the embedder did not answer)',
  embedder_mismatch: 'keyword only (the collection was indexed with another embedder)',
  no_reranker: 'not reranked (no reranker configured)',
  reranker_failed: 'not reranked (the reranker did not answer)',
  no_expansion_model: 'not expanded (no model configured)',
  expansion_failed: 'not expanded (the model did not answer)',
  no_synopsis_model: 'titles instead of synopses (no model configured)',
  synopsis_mismatch: 'without the synopses asked for (the collection was indexed without them, or with those of another model)',
} as const;
export type Degradation = keyof typeof DEGRADATIONS_TOLD;
export const DEGRADATIONS = Object.keys(DEGRADATIONS_TOLD) as [Degradation, ...Degradation[]];

/** Tools whose searches are captured: `search` is the keyword strategy, `query` the hybrid one. */
export const CAPTURED_TOOLS = ['query', 'search'] as const;

/** Characters of the longest query that is captured. */
export const LONGEST_CAPTURED_QUERY = 51_200;

/** Why a search could not be captured. */
export const CAPTURE_FAILURES = ['db_down', 'rls_reject', 'check_violation', 'scrubber_exception', 'other'] as const;
export type CaptureFailureReason = (typeof CAPTURE_FAILURES)[number];

/** What is taken out of a captured query, by the order in which it is looked for. */
export const SCRUB_CLASSES = ['secret', 'bearer', 'jwt', 'email', 'card', 'ssn', 'phone', 'ip'] as const;
export type ScrubClass = (typeof SCRUB_CLASSES)[number];

/** What became of a question of LongMemEval, each with what the word means. Every table of it prints all six counts. */
export const LONGMEMEVAL_OUTCOMES_TOLD = {
  scored: 'searched, and answered where answers were asked for',
  system_failure: 'the search engine returned an error or nothing; counts as a miss',
  harness_error: 'something around the search engine failed; counts as a miss',
  skipped_budget: 'not done, because the budget was used up',
  malformed: 'the question does not have the form of the dataset',
  abstention: 'the right answer is that nothing is known; left out of recall',
} as const;
export type LongMemEvalOutcome = keyof typeof LONGMEMEVAL_OUTCOMES_TOLD;
export const LONGMEMEVAL_OUTCOMES = Object.keys(LONGMEMEVAL_OUTCOMES_TOLD) as [LongMemEvalOutcome, ...LongMemEvalOutcome[]];

/** How a reader answers: at once, or after taking notes. */
export const READER_MODES = ['direct', 'notes'] as const;
export type ReaderMode = (typeof READER_MODES)[number];

/** What a gate may breach, in the order in which it is told, each with what a reader needs to know of it. */
export const BREACH_METRICS_TOLD = {
  baseline_parse: 'the baseline could not be read',
  baseline_row_count: 'the baseline has another number of rows than its header says',
  baseline_content_hash: 'the baseline is not what was published',
  replay_in_process: 'the replay ended before it was done',
  rows_errored: 'searches threw',
  rows_degraded: 'searches ran without a stage that the baseline or the config asks for',
  no_rows_replayed: 'no row could be replayed',
  mean_jaccard: 'too few of the pages are the same',
  top1_stability_rate: 'too few first places are the same',
  latency_ratio: 'searches became too slow',
  qrels_parse: 'the judgments could not be read',
  correctness_gate: 'the queries of the judgments could not be run',
  queries_errored: 'searches threw',
  queries_degraded: 'searches ran without a stage that the config asks for',
  mean_recall_at_k: 'too few relevant pages are found',
  first_relevant_hit_rate: 'too few first places are relevant',
  expected_top1_hit_rate: 'too few expected first places are first',
} as const;
export type BreachMetric = keyof typeof BREACH_METRICS_TOLD;
export const BREACH_METRICS = Object.keys(BREACH_METRICS_TOLD) as [BreachMetric, ...BreachMetric[]];

/** Why there is no number to compare, or why one does not count. */
export const BREACH_REASONS = [
  'baseline_unreadable',
  'baseline_tampered',
  'replay_threw',
  'nothing_found',
  'degraded',
  'qrels_unreadable',
  'orchestrator_threw',
] as const;
export type BreachReason = (typeof BREACH_REASONS)[number];

/** Suites of `lauter eval run-all` that are built in; any other one is judged pages under a name of its own. */
export const EVAL_SUITES = ['longmemeval', 'replay', 'brainbench'] as const;
export type EvalSuite = (typeof EVAL_SUITES)[number];

/** How a suite in a mode ended. */
export const EVAL_STATES = ['completed', 'failed', 'skipped', 'over_budget'] as const;
export type EvalState = (typeof EVAL_STATES)[number];

/** What a model is paid for. */
export const BUDGET_LANES = ['embedding', 'expansion', 'synopsis', 'reranking', 'reader', 'judge', 'extraction'] as const;
export type BudgetLane = (typeof BUDGET_LANES)[number];

/** What a judge says of two passages. */
export const CONTRADICTION_VERDICTS = [
  'no_contradiction',
  'contradiction',
  'temporal_supersession',
  'temporal_regression',
  'temporal_evolution',
  'negation_artifact',
] as const;
export type ContradictionVerdict = (typeof CONTRADICTION_VERDICTS)[number];

/** How much a contradiction matters, from least to most. */
export const SEVERITIES = ['info', 'low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What can be done about a contradiction. */
export const RESOLUTION_KINDS = [
  'takes_supersede',
  'dream_synthesize',
  'takes_mark_debate',
  'manual_review',
  'temporal_supersede',
  'flag_for_review',
  'log_timeline_change',
] as const;
export type ResolutionKind = (typeof RESOLUTION_KINDS)[number];

/** What stands on the ends of a pair: passages of two pages, two of one page, or a passage and a take of one page. */
export const CONTRADICTION_PAIRS = ['cross_slug_chunks', 'intra_page_chunks', 'intra_page_chunk_take'] as const;
export type ContradictionPairKind = (typeof CONTRADICTION_PAIRS)[number];

/** How much care a page was written with, by the boost of its slug. */
export const SOURCE_TIERS = ['curated', 'bulk', 'other'] as const;
export type SourceTier = (typeof SOURCE_TIERS)[number];

/** Which pairs are judged first: in the order of their names, or those that searches rank highest. */
export const PAIR_SAMPLINGS = ['deterministic', 'score-first'] as const;
export type PairSampling = (typeof PAIR_SAMPLINGS)[number];

/** Why a judge gave no verdict on a pair. */
export const PAIR_ERRORS = ['parse_fail', 'refusal', 'timeout', 'http_5xx', 'unknown'] as const;
export type PairError = (typeof PAIR_ERRORS)[number];

/** What a panel of judges says of one answer. */
export const PANEL_VERDICTS = ['pass', 'fail', 'inconclusive'] as const;
export type PanelVerdict = (typeof PANEL_VERDICTS)[number];

/** What a nightly probe looks at. */
export const PROBE_KINDS = ['quality', 'distill-drift', 'determinism', 'replay-queue'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** How a nightly probe ended; all but the first two leave a row in the audit file. */
export const PROBE_OUTCOMES = [
  'disabled',
  'rate_limited',
  'no_embedding_key',
  'budget_exceeded',
  'error',
  'pass',
  'fail',
  'inconclusive',
] as const;
export type ProbeOutcome = (typeof PROBE_OUTCOMES)[number];
