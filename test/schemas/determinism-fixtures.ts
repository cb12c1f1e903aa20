import { fixtureOf, SHA256, type SchemaFixture } from './fixture.ts';

const spread = { min: 0.4, max: 0.41, delta: 0.01, values: [0.4, null, 0.41] };
const field = {
  field: 'temperature',
  values: [
    { value: '0.7', run_ids: ['run-1'] },
    { value: null, run_ids: ['run-2'] },
  ],
};
const change = { qa_id: 'qa-001', source: 'shell', ranks: [1, null, 2], is_flip: true };
const flips = { hit_at_1: 1, rank: 1, items: [change] };
const cause = { cause: 'model_changed', state: 'ruled out', evidence: [field] };
const bt29 = { established: true, claim: 'full', reason: null };
const model = {
  model_id: 'harbor-8b',
  n_runs: 3,
  run_ids: ['run-1', 'run-2', 'run-3'],
  mrr: spread,
  hit_at_1: spread,
  judge_mean: spread,
  ndcg_at_10: spread,
  hit_at_3: spread,
  hit_at_5: spread,
  hit_at_10: spread,
  per_source: [{ source: 'shell', n: 9, mrr: spread, hit_at_1: spread }],
  scored_count: 100,
  verdict: 'FAIL',
  reasons: [{ code: 'too_few_runs', detail: '2 of 3' }],
  degenerate: false,
  mde: { form: 'unpaired', mrr: 0.19, hit_at_1: null },
  budget_flips: 2,
  flips,
  pass_all_runs: 0.3,
  causes: [cause],
  bt29,
  warnings: [],
};

/** The verdict over several runs, and its parts. */
export const DETERMINISM_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  recordedFieldSchema: fixtureOf(field, { 'a number for a text': { values: [{ value: 0.7, run_ids: [] }] } }),
  metricSpreadSchema: fixtureOf(
    spread,
    { 'a word for a value': { values: ['0.4'] } },
    { accepts: [{ min: null, max: null, delta: null, values: [] }] },
  ),
  rankChangeSchema: fixtureOf(change, { 'a rank before the first': { ranks: [0] } }, { accepts: [{ source: null }] }),
  determinismFlipsSchema: fixtureOf(flips, { 'half a flip': { hit_at_1: 0.5 } }, { accepts: [{ hit_at_1: null, rank: null, items: [] }] }),
  determinismCauseSchema: fixtureOf(cause, { 'a cause nobody knows': { cause: 'tide' }, 'a state nobody knows': { state: 'likely' } }),
  bt29Schema: fixtureOf(
    bt29,
    { 'a claim nobody knows': { claim: 'some' } },
    { accepts: [{ established: false, claim: null, reason: 'two runs' }] },
  ),
  determinismModelSchema: fixtureOf(
    model,
    {
      'a verdict that a comparison does not know': { verdict: 'INCONCLUSIVE' },
      'a reason nobody knows': { reasons: [{ code: 'fog', detail: '' }] },
      'an MDE of pairs': { mde: { form: 'paired', mrr: null, hit_at_1: null } },
    },
    { accepts: [{ verdict: 'PASS', reasons: [], scored_count: null, budget_flips: null, pass_all_runs: null, causes: [] }] },
  ),
  determinismReportSchema: fixtureOf(
    {
      schema: 'lauter.determinism/1',
      mode: 'hybrid',
      budgets: { mrr: 0.02, hit_at_1: 0.02, judge_mean: 0.1 },
      tolerance: 1e-9,
      required_runs: 3,
      runs: [{ run_id: 'run-1', path: 'r1.jsonl', sha256: SHA256 }],
      comparability: { status: 'comparable', key: SHA256, differences: [] },
      models: [model],
      not_compared: ['tern-7b'],
      overall: 'FAIL',
      bt29,
      warnings: [],
      exit_code: 1,
    },
    {
      'another version': { schema: 'lauter.determinism/2' },
      'a budget below zero': { budgets: { mrr: -0.01, hit_at_1: 0, judge_mean: 0 } },
      'a code that says interrupted': { exit_code: 130 },
    },
    { accepts: [{ comparability: { status: 'partial', key: null, differences: [field] }, models: [], overall: 'PASS', exit_code: 0 }] },
  ),
};
