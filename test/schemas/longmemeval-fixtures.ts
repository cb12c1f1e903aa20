import { longMemEvalReadRowSchema } from '../../schemas/longmemeval-rows.ts';
import { longMemEvalReport } from '../support/longmemeval-report.ts';
import { lmeSettings } from '../support/longmemeval-settings.ts';
import { taleQuestions } from '../support/longmemeval-tales.ts';
import { reportMeta } from '../support/report-meta.ts';
import { fixtureOf, SHA256, type SchemaFixture } from './fixture.ts';

const ROW = {
  question_id: 'tale_001',
  question: 'How many quince trees did I plant?',
  question_type: 'single-session-user',
  answer: 12,
  hypothesis: 'Twelve.',
  prompt_hash: SHA256,
  reader_model: 'harbour-8b',
  reader_model_snapshot: null,
  reader_mode: 'direct',
  reader_prompt_version: 'lauter-reader-1',
  reader_prompt_sha: SHA256,
  reader_max_tokens: 512,
  reader_config_hash: SHA256,
  reader_finish_reason: 'stop',
  reader_context_chars: 900,
  reader_context_sessions: 2,
  reader_sessions_truncated: 0,
  judge_correct: true,
  judge_error: null,
  judge_skipped: null,
  judge_model: 'judge-70b',
  judge_model_snapshot: null,
  judge_raw: '{"correct": true}',
  judge_cost_usd: 0,
  judge_attempts: 1,
  judge_prompt_version: 'lauter-lme-judge-1',
  judge_config_hash: SHA256,
  usage: { input_tokens: 300, output_tokens: null },
  cost_usd: 0,
  outcome: 'scored',
  abstention: false,
  retrieved_session_ids: ['answer_280350e9'],
  recall_hit: true,
  recall_all_hit: { 1: true, 5: true },
  recall_any_hit: { 1: true, 5: true },
  recall_fraction: { 1: 1, 5: 1 },
  gold_total: 1,
  gold_found: 1,
  answer_session_ids: ['answer_280350e9'],
  retrieved: [{ slug: 'chat/0123456789ab', chunk_id: 0, session_id: 'answer_280350e9', rank: 1, score: 1 }],
  distinct_sessions_in_top_k: 1,
  gold_missing_from_haystack: [],
  duplicate_sessions: [],
  mode: 'balanced',
  intent: 'general',
  search_meta: {
    vector_enabled: false,
    expansion_applied: false,
    degraded: ['no_embedder'],
    reranked: false,
    tokens: 812,
    knob_hash: 'a1b2',
  },
  retrieval_config_hash: SHA256,
  dataset_hash: SHA256,
  latency_ms: 1.5,
  trajectory_points: 0,
  entity_resolved: null,
  resolution_source: null,
  methodology_note: 'lauter-no-extractor-v1',
};

const [QUESTION] = taleQuestions(1);
const REPORT = longMemEvalReport({ hypotheses: [] });
const { question_id, ...READABLE } = {
  ...ROW,
  error: null,
};

/** Fields that are looked at in a file of anybody's. */
const READ_FIELDS = new Set(Object.keys(longMemEvalReadRowSchema.shape).filter((field) => field !== 'outcome'));

/** The documents of LongMemEval: what is read, and what is written. */
export const LONGMEMEVAL_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  longMemEvalQuestionSchema: fixtureOf(
    QUESTION!,
    { 'a turn without content': { haystack_sessions: [[{ role: 'user' }]] }, 'no question': { question: '' } },
    {
      accepts: [
        { answer: 'twelve' },
        { haystack_sessions: [{ session_id: 'pier', turns: [{ role: 'user', content: 'Fog.', has_answer: true }] }] },
      ],
      optional: ['question_type', 'answer', 'question_date', 'haystack_session_ids', 'haystack_dates', 'answer_session_ids'],
      isOpen: true,
    },
  ),
  longMemEvalRowSchema: fixtureOf(ROW, {
    'an outcome of its own': { outcome: 'fine' },
    'a depth that is no number': { recall_fraction: { five: 1 } },
    'less than no gold': { gold_found: -1 },
  }),
  longMemEvalErrorRowSchema: fixtureOf(
    { question_id: 'tale_002', question: 'When?', question_type: 'multi-session', hypothesis: '', error: 'fog', outcome: 'harness_error' },
    { 'an answer': { hypothesis: 'Twelve.' }, 'an outcome of its own': { outcome: 'broken' } },
  ),
  longMemEvalReadRowSchema: fixtureOf(
    { question_id, ...READABLE },
    { 'no id': { question_id: '' }, 'ids that are no texts': { retrieved_session_ids: [7] } },
    {
      optional: Object.keys(READABLE),
      // What other programs write in fields of their own is theirs.
      anything: Object.keys({ question_id, ...READABLE }).filter((field) => !READ_FIELDS.has(field)),
      isOpen: true,
    },
  ),
  longMemEvalSummarySchema: fixtureOf(
    REPORT.summary,
    { 'a third schema': { schema_version: 3 }, 'a rate above 1': { aggregate: { ...REPORT.summary.aggregate, rate: 1.2 } } },
    { accepts: [{ schema_version: 2 }, { qa_accuracy: { correct: 1, total: 2, rate: 0.5 } }], optional: ['abstention'] },
  ),
  longMemEvalReportSchema: fixtureOf(
    { ...REPORT, _meta: reportMeta() },
    { 'a verdict of its own': { verdict: 'good' }, 'five counts of six': { outcomes: { scored: 1 } } },
    { optional: ['hypotheses', '_meta'] },
  ),
  longMemEvalSettingsSchema: fixtureOf(lmeSettings(), {
    'no depth below 1': { session_k: [0] },
    'a floor of another metric': { floor: { metric: 'mrr', value: 0.5 } },
  }),
};
