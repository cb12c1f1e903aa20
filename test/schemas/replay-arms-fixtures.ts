import { footerOf } from '../support/report-meta.ts';
import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const corpus = { run_id: 'run-1', rows: 446, sha256: SHA256 };
const tasks = { path: 'tasks.jsonl', sha256: SHA256 };
const share = { hit: 1, total: 2, rate: 0.5, ci95: [0.09, 0.91], method: 'wilson' };
const gate = { passed: true, reasons: [] };
const named = { text: 'lock-house/bell.md', kind: 'path', grounded: true };

/** A row of a comparison, as the project tells every one. */
const compared = {
  suite: 'replay-ab',
  metric: 'gate_pass',
  arm_a: 'without',
  arm_b: 'with',
  n: 2,
  mean_a: 0.5,
  mean_b: 1,
  delta: 0.5,
  ci95: [0, 1],
  p_raw: 1,
  p_bonferroni: 1,
  p_holm: 1,
  m: 6,
  test: 'mcnemar_exact',
  discordant: { b: 1, c: 0 },
  mde: 1.4,
  significant: false,
  text: 'not significant: with minus without +0.5000',
};
const table = { both: 1, only_with: 1, only_without: 0, neither: 0 };
const paired = {
  gate_pass: { ...compared, table },
  wholly_grounded: { ...compared, table },
  grounding_rate: { ...compared, left_out: 1 },
};
const judged = {
  gate_pass: share,
  wholly_grounded: share,
  names: { grounded: 3, total: 4, rate: 0.75 },
  names_nothing: 1,
  reasons: { ungrounded: 1 },
};
const arm = { ...judged, answered: 2, escalated: 0, trimmed: 0, degraded: 1, cost_usd: 0.01, median_latency_ms: 1200 };
const side = {
  state: 'passed',
  reasons: [],
  answer: 'Ring the bell as lock-house/bell.md says.',
  gate,
  grounding: [named],
  model: 'keeper-7b',
  escalated: false,
  replay_id: 'ab-1-with-1',
  retrieved: [SHA256],
  latency_ms: 1200,
};
const unanswered = { ...side, state: 'unanswered', reasons: ['it hung'], answer: null, gate: null, model: null, latency_ms: null };
const pair = { id: 'north-lock', task: 'How is the lock opened?', with: side, without: side, same_evidence: { gate, grounding: [named] } };

const frame = {
  run_id: 'run-2',
  started_at: TIME,
  finished_at: TIME,
  model: 'keeper-7b',
  escalate_to: null,
  retriever: 'bm25',
  grounding_mode: 'fail',
  corpus,
  tasks,
  seed: 42,
  resamples: 10_000,
  estimated_usd: 0.02,
};

const mean = { tasks: 2, mean: 0.5, ci95: [0, 1] };
const studied = {
  id: 'north-lock',
  answers: 3,
  passed: 2,
  passes_by_majority: true,
  wholly_grounded: 2,
  escalated: 0,
  distinct_answers: 2,
  distinct_bundles: 1,
  exact_agreement: 1 / 3,
  token_agreement: 0.5,
  same_verdict: false,
  replay_ids: ['study-1-1', null],
};
const studiedShare = {
  share: 0.5,
  rows: 223,
  sha256: SHA256,
  answers: 6,
  unanswered: 0,
  skipped_budget: 0,
  tasks_answered: 2,
  gate_pass: { ...share, method: 'cluster_bootstrap' },
  passes_by_majority: share,
  wholly_grounded: share,
  exact_agreement: mean,
  token_agreement: mean,
  verdict_agreement: share,
  escalation: share,
  tasks_escalated: share,
  distinct_answers: mean,
  trimmed: 1,
  degraded: 0,
  cost_usd: 0.01,
  tasks: [studied],
};
const convergence = {
  smallest: 0.5,
  largest: 1,
  tasks: 2,
  passes_by_majority: { ...compared, table: { both: 1, only_largest: 1, only_smallest: 0, neither: 0 } },
  escalation: compared,
  exact_agreement: compared,
  token_agreement: null,
};

/** What comparisons and studies of replays print. */
export const REPLAY_ARMS_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  replayShareSchema: fixtureOf(
    share,
    { 'more than all': { rate: 1.5 }, 'a method that nobody described': { method: 'by eye' } },
    { accepts: [{ hit: 0, total: 0, rate: null, ci95: null, method: null }] },
  ),
  replayImpairedSchema: fixtureOf({ trimmed: 0, degraded: 1 }, { 'fewer than none': { trimmed: -1 }, 'half an answer': { degraded: 0.5 } }),
  replayArmsFrameSchema: fixtureOf(
    frame,
    {
      'a baseline against itself': { retriever: 'none' },
      'a digest that is none': { tasks: { ...tasks, sha256: 'b' } },
      'a file without a name': { tasks: { ...tasks, path: '' } },
      'no resamples': { resamples: 0 },
    },
    { accepts: [{ escalate_to: 'keeper-70b', corpus: { ...corpus, run_id: null } }] },
  ),
  replayAbSchema: fixtureOf(
    {
      ...frame,
      cost_usd: 0.01,
      schema: 'replay-ab/1',
      verdict: 'compared',
      counts: { tasks: 2, paired: 2, unanswered: { with: 0, without: 0 }, skipped_budget: { with: 0, without: 0 } },
      arms: { with: arm, without: arm },
      paired,
      same_evidence: { without: judged, paired },
      pairs: [pair],
      footer: footerOf(),
    },
    {
      'a third verdict': { verdict: 'won' },
      'an arm alone': { arms: { with: arm } },
      'half a pair': { pairs: [{ ...pair, without: undefined }] },
      'a table that does not say who won': { paired: { ...paired, gate_pass: compared } },
      'a reason that never occurred': { arms: { with: { ...arm, reasons: { hedge: 0 } }, without: arm } },
    },
    {
      optional: ['footer'],
      accepts: [{ verdict: 'unfinished', pairs: [{ ...pair, task: null, without: unanswered, same_evidence: null }] }],
    },
  ),
  replayStudySchema: fixtureOf(
    {
      ...frame,
      cost_usd: 0.01,
      schema: 'replay-study/1',
      verdict: 'measured',
      repeats: 3,
      counts: { tasks: 2, answers: 6, unanswered: 0, skipped_budget: 0 },
      shares: [studiedShare],
      convergence,
      footer: footerOf(),
    },
    {
      'a third verdict': { verdict: 'converged' },
      'no repeat': { repeats: 0 },
      'no share': { shares: [] },
      'a share of more than everything': { shares: [{ ...studiedShare, share: 1.2 }] },
      'more agreement than there is': { shares: [{ ...studiedShare, tasks: [{ ...studied, exact_agreement: 2 }] }] },
    },
    {
      optional: ['footer'],
      accepts: [
        {
          convergence: null,
          shares: [{ ...studiedShare, exact_agreement: { tasks: 0, mean: null, ci95: null }, tasks: [{ ...studied, same_verdict: null }] }],
        },
      ],
    },
  ),
};
