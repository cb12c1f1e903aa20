import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const SHA8 = '0a1b2c3d';
const AGREEMENT = {
  rows: 4,
  percent: 75,
  kappa: [{ judges: ['a', 'b'], rows: 4, kappa: 0.5 }],
  alpha: null,
  leniency: { a: 0.5, b: -0.5, c: null },
};
const AGGREGATE = {
  verdict: 'fail',
  successes: 2,
  failures: 1,
  dimensions: { goal: { mean: 7, min: 4, scores: [10, 4], failReason: 'min_below_5' } },
  overall: 7,
  topImprovements: ['Name the berth.'],
  errors: [{ slot: 'c', modelId: 'pilot-3', error: 'it hung' }],
  verdictMessage: 'Fail by 2 of 3 judges, overall 7: goal has a score of 4, below 5.',
};
const JUDGED = {
  id: 'a',
  model: 'pilot-1',
  ok: true,
  parsed: { scores: { goal: { score: 10, feedback: 'All of it.' } }, improvements: ['Name the berth.'] },
  raw_sha256: SHA256,
  raw_path: 'tide-0a1b2c3d.a.txt',
  snapshot: null,
  preferences: { goal: 'tie' },
};
const RECEIPT = {
  schema_version: 1,
  cycle: 1,
  task: 'Describe the harbour.',
  output_sha8: SHA8,
  slug: 'tide',
  timestamp: TIME,
  dimensions: ['goal'],
  slots: [JUDGED, { id: 'c', model: 'pilot-3', ok: false, error: 'it hung' }],
  skill_sha8: SHA8,
  aggregate: AGGREGATE,
  receipt_path: 'tide-0a1b2c3d.json',
  blinded: true,
  swapped: false,
  matched: ['length-cap'],
  agreement: AGREEMENT,
  adjusted: AGGREGATE,
  usage: { input_tokens: 900, output_tokens: null },
  cost_usd: 0.01,
  prompt_hash: SHA256,
};
const ERRORS = { rows: 3, mean_error: -0.5, mean_absolute_error: 1 };
const CALIBRATION = {
  rows: 4,
  injected_rows: 1,
  judges: [
    {
      id: 'a',
      model: 'pilot-1',
      scored: 3,
      failures: 1,
      overall: ERRORS,
      dimensions: { goal: { rows: 0, mean_error: null, mean_absolute_error: null } },
      confusion: { true_pass: 1, false_pass: 1, true_fail: 1, false_fail: 0 },
      injected: { scored: 1, passed: 1 },
    },
  ],
};
const BATCH = {
  schema_version: 1,
  kind: 'cross_modal_batch_summary',
  timestamp: TIME,
  total: 1,
  pass_count: 0,
  fail_count: 1,
  inconclusive_count: 0,
  error_count: 0,
  upstream_error_count: 0,
  malformed_count: 0,
  verdict: 'fail',
  est_cost_usd: 0.35,
  slots: [{ id: 'a', model: 'pilot-1' }],
  cycles_per_question: 1,
  concurrent: 3,
  per_question: [
    { question_id: 'tale_001', verdict: 'fail', final_aggregate: AGGREGATE, adjusted_verdict: 'pass', receipts: [RECEIPT] },
    { question_id: 'tale_002', verdict: 'error', error: 'the budget is used up', budget_skipped: true },
  ],
  not_scored: 2,
  budget_skipped: 0,
  actual_cost_usd: 0.01,
  input_sha256: SHA256,
  dimensions: ['goal'],
  blinded: true,
  swapped: true,
  prompt_hash: SHA256,
  usage: { input_tokens: null, output_tokens: null },
  agreement: AGREEMENT,
  calibration: CALIBRATION,
  adjusted: { verdict: 'pass', pass_count: 1, fail_count: 0, inconclusive_count: 0 },
};
const LABELLED = { id: 'ebb-1', task: 'Describe the harbour.', output: 'Four piers.', scores: { goal: 3 }, injected: true };

/** Fields that files of others do not have. */
const ADDED_TO_RECEIPTS = ['blinded', 'swapped', 'matched', 'agreement', 'adjusted', 'usage', 'cost_usd', 'prompt_hash'];
const ADDED_TO_BATCHES = [
  'not_scored',
  'budget_skipped',
  'actual_cost_usd',
  'input_sha256',
  'dimensions',
  'blinded',
  'swapped',
  'prompt_hash',
  'usage',
  'agreement',
  'calibration',
  'adjusted',
];

/** The documents of a panel of judges, and the rows that it is calibrated by. */
export const PANEL_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  panelPreferenceSchema: { accepts: ['output', 'reference', 'tie'], rejects: { 'a position': 'first' } },
  panelAgreementSchema: fixtureOf(AGREEMENT, {
    'more than all': { percent: 101 },
    'a judge without another': { kappa: [{ judges: ['a'], rows: 1, kappa: null }] },
    'half a row': { rows: 0.5 },
  }),
  panelAggregateSchema: fixtureOf(
    AGGREGATE,
    {
      'a verdict of no panel': { verdict: 'error' },
      'another reason': { dimensions: { goal: { mean: 7, min: 4, scores: [10, 4], failReason: 'mood' } } },
      'eleven improvements': { topImprovements: Array<string>(11).fill('Name the berth.') },
    },
    { optional: ['overall'], isOpen: true },
  ),
  panelReceiptSchema: fixtureOf(
    RECEIPT,
    {
      'a cycle before the first': { cycle: 0 },
      'a score off the scale': { slots: [{ ...JUDGED, parsed: { scores: { goal: { score: 11 } }, improvements: [] } }] },
      'a whole hash for a short one': { output_sha8: SHA256 },
      'no dimensions': { dimensions: [] },
    },
    { optional: ['skill_sha8', ...ADDED_TO_RECEIPTS], isOpen: true },
  ),
  panelCalibrationRowSchema: fixtureOf(
    LABELLED,
    {
      'two labels': { score: 3 },
      'no dimension': { scores: {} },
      'a label off the scale': { scores: { goal: 0 } },
      'an injection that is worth a pass': { scores: { goal: 9 } },
      'no output': { output: '' },
    },
    { optional: ['injected'] },
  ),
  panelCalibrationSchema: fixtureOf(CALIBRATION, {
    'a judge without its confusion': { judges: [{ ...CALIBRATION.judges[0], confusion: undefined }] },
    'fewer rows than none': { rows: -1 },
  }),
  panelBatchSchema: fixtureOf(
    BATCH,
    {
      'another kind': { kind: 'by_type_summary' },
      'a row of no verdict': { per_question: [{ question_id: 'tale_001', verdict: 'malformed' }] },
      'nobody at work': { concurrent: 0 },
    },
    { optional: ADDED_TO_BATCHES, isOpen: true },
  ),
};
