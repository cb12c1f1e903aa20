import { fixtureOf, type SchemaFixture } from './fixture.ts';

const ESTIMATED = { suite: 'orchards', mode: 'balanced', questions: 40, retrieval_usd: 0.0004, answer_usd: 0 };

const CELL = {
  suite: 'orchards',
  mode: 'balanced',
  status: 'skipped',
  run_id: 'f00d-orchards-balanced-42',
  run_uid: 'run-all-1-orchards-balanced',
  metrics: { 'ndcg@10': 0.5, mrr: null },
  cost_usd: 0,
  reason: 'no data: name it with --dataset orchards=PATH',
};

export const SUITES_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  runAllEstimateLineSchema: fixtureOf(
    { schema_version: 2, phase: 'estimate', retrieval_usd: 0.0004, answer_usd: 0, total_usd: 0.0004, cells: [ESTIMATED] },
    {
      'another version': { schema_version: 1 },
      'the other line': { phase: 'complete' },
      'an estimate below nothing': { total_usd: -1 },
      'half a question': { cells: [{ ...ESTIMATED, questions: 0.5 }] },
    },
  ),
  runAllCompleteLineSchema: fixtureOf(
    { schema_version: 2, phase: 'complete', run_ids: [CELL.run_id], cells: [CELL], comparison_path: 'reports/README.md' },
    {
      'another version': { schema_version: 3 },
      'the other line': { phase: 'estimate' },
      'a state that there is not': { cells: [{ ...CELL, status: 'passed' }] },
      'a cost below nothing': { cells: [{ ...CELL, cost_usd: -0.1 }] },
      'no word on the comparison': { comparison_path: undefined },
    },
    { accepts: [{ comparison_path: null, cells: [{ ...CELL, status: 'completed', reason: null }] }] },
  ),
};
