import { expect, test } from 'vitest';
import {
  capturedQuestions,
  capturedRow,
  comparableLine,
  frameRow,
  judgedQuestions,
  judgedRow,
  longMemEvalFacts,
  nameHaystack,
  readConversations,
  type RowFrame,
} from '../../../domain/suites/index.ts';
import { failRow, skipRow } from '../../../domain/gate/index.ts';
import type { ReplayRow } from '../../../schemas/baseline.ts';
import type { LongMemEvalReadRow } from '../../../schemas/longmemeval-rows.ts';
import type { SearchResponse } from '../../../schemas/search-response.ts';
import { evalQuestionRowSchema } from '../../../schemas/eval-question-row.ts';

const FRAME: RowFrame = { run_uid: 'run-1', arm: 'balanced', attempt: 1, config_hash: 'c0ffee', dataset_hash: 'f00d', inputPerMillion: 3 };

function answered(keys: readonly string[], tokens = 1_000): SearchResponse {
  return {
    results: keys.map((key, at) => ({ key, score: 1 / (at + 1), rank: at + 1 })),
    knob_hash: 'a1b2',
    meta: { degraded: [], budget: { used: tokens }, latency_ms: 8, corpus_hash: 'beef' },
  } as unknown as SearchResponse;
}

const QUESTION = {
  question_id: 'q1',
  clusters: ['walk-1'],
  question: 'where does the quince stand',
  embedding_dim: null,
  grades: [
    ['default::quince', 1],
    ['default::medlar', 1],
    ['default::thistle', 0],
  ] as const,
};

test('a judged question is measured by every page once, at its first place', () => {
  const response = answered(['default::thistle', 'default::quince', 'default::quince', 'default::reed']);
  const facts = judgedRow(QUESTION, { outcome: 'scored', response, error: null, costUsd: null });
  expect(facts.retrieved.map(({ key, rank }) => [key, rank])).toEqual([
    ['default::thistle', 1],
    ['default::quince', 2],
    ['default::reed', 3],
  ]);
  // One of two relevant pages, at rank 2: gain 1/log2(3) of an ideal 1 + 1/log2(3).
  const gain = 1 / Math.log2(3);
  expect(facts.metrics).toMatchObject({ 'recall@10': 0.5, 'precision@10': 0.1, mrr: 0.5, map: 0.25, 'hit@1': 0 });
  expect(facts.metrics['ndcg@10']).toBeCloseTo(gain / (1 + gain), 12);
});

test('a question without an answer is a miss, one that could not be paid for has no measures, and one without a relevant page none either', () => {
  const nothing = { response: null, error: 'nothing was found', costUsd: null };
  expect(judgedRow(QUESTION, { ...nothing, outcome: 'system_failure' }).metrics).toMatchObject({ 'recall@10': 0, map: 0, 'hit@1': 0 });
  expect(judgedRow(QUESTION, { ...nothing, outcome: 'skipped_budget' }).metrics).toMatchObject({ 'recall@10': null, 'hit@1': null });
  const hopeless = { ...QUESTION, grades: [['default::thistle', 0]] as const };
  expect(
    judgedRow(hopeless, { outcome: 'scored', response: answered(['default::thistle']), error: null, costUsd: null }).metrics,
  ).toMatchObject({
    'recall@10': null,
    mrr: null,
  });
});

test('a query costs what was settled for it and what reading the passages costs', () => {
  const facts = judgedRow(QUESTION, { outcome: 'scored', response: answered(['default::quince'], 2_000), error: null, costUsd: 0.001 });
  const row = frameRow(facts, FRAME);
  expect(row.metrics).toMatchObject({ tokens: 2_000, cost_per_query_usd: 0.001 + 0.006 });
  expect(row.cost_usd).toBe(0.001);
  expect(evalQuestionRowSchema.safeParse(row).error?.issues).toBeUndefined();
});

test('two runs of the same differ in run_uid and latency_ms alone, which stand last', () => {
  const facts = judgedRow(QUESTION, { outcome: 'scored', response: answered(['default::quince']), error: null, costUsd: null });
  const first = JSON.stringify(frameRow(facts, FRAME));
  const second = JSON.stringify(frameRow({ ...facts, latency_ms: 9.25 }, { ...FRAME, run_uid: 'run-2' }));
  expect(second).not.toBe(first);
  expect(comparableLine(second)).toBe(comparableLine(first));
  expect(second.replace(/,"run_uid":"run-2","latency_ms":9\.25\}$/, '')).toBe(first.replace(/,"run_uid":"run-1","latency_ms":8\}$/, ''));
  const other = JSON.stringify(frameRow({ ...facts, retrieved: [] }, FRAME));
  expect(comparableLine(other)).not.toBe(comparableLine(first));
});

const CAPTURED: ReplayRow = {
  schema_version: 1,
  tool_name: 'query',
  query: 'where does the quince stand',
  retrieved_slugs: ['quince'],
  latency_ms: 5,
};

test('captured rows go by their id, else by the hash of their query, else by their place; what comes twice gets a number', () => {
  const rows = [{ ...CAPTURED, id: 7 }, { ...CAPTURED, id: 7 }, { ...CAPTURED, query_hash: 'd00f' }, CAPTURED];
  expect(capturedQuestions(rows).map(({ question_id }) => question_id)).toEqual(['7', '7#2', 'd00f', 'row-4']);
});

test('a captured search that threw shares nothing with what was captured; a blank one, and one that nothing could be paid for, is not measured', () => {
  const [question] = capturedQuestions([CAPTURED]);
  const asked = { response: null, error: 'no answer', costUsd: null } as const;
  const failed = failRow(CAPTURED, 'no answer').result;
  expect(capturedRow(question!, failed, { ...asked, outcome: 'system_failure' }).metrics).toEqual({
    'jaccard@k': 0,
    top1_stability: 0,
    rbo: 0,
    mrr: null,
  });
  const nothing = { 'jaccard@k': null, top1_stability: null, rbo: null, mrr: null };
  expect(capturedRow(question!, skipRow(CAPTURED, 'empty query').result, { ...asked, outcome: 'malformed' }).metrics).toEqual(nothing);
  expect(capturedRow(question!, failed, { ...asked, outcome: 'skipped_budget' }).metrics).toEqual(nothing);
});

const TALE: LongMemEvalReadRow & Record<string, unknown> = {
  question_id: 'tale',
  question: 'What did we press?',
  question_type: 'multi-session',
  outcome: 'scored',
  recall_all_hit: { 1: false, 5: true, 10: true },
  recall_any_hit: { 1: false, 5: true, 10: true },
  recall_fraction: { 1: 0, 5: 1, 10: 1 },
  retrieved_session_ids: ['mast', 'hull', 'keel'],
  answer_session_ids: ['hull', 'keel'],
  retrieved: [{ slug: 'chat/1', chunk_id: 1, session_id: 'mast', rank: 1, score: 2 }],
  search_meta: { degraded: [], tokens: 900, knob_hash: 'a1b2' },
};

test('a question of LongMemEval has its recall in three forms, and is ranked by its sessions', () => {
  const { metrics, tokens } = longMemEvalFacts(TALE, { clusters: [], isJudged: false });
  expect(metrics).toMatchObject({
    'recall_all@1': 0,
    'recall_all@5': 1,
    'recall_any@1': 0,
    'mean_fraction@5': 1,
    'recall@10': 1,
    mrr: 0.5,
  });
  expect(metrics['ndcg@10']).toBeCloseTo((1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3)), 12);
  expect(metrics).not.toHaveProperty('qa_correct');
  expect(tokens).toBe(900);
});

test('a question about what nobody said has no recall, and a verdict all the same', () => {
  const asked = { ...TALE, question_id: 'tale_abs', outcome: 'abstention' as const, judge_correct: true };
  const { metrics } = longMemEvalFacts(asked, { clusters: [], isJudged: true });
  expect(Object.entries(metrics).filter(([, value]) => value !== null)).toEqual([['qa_correct', 1]]);
});

test('a question that failed counts as a miss; one that could not be paid for, or read, has no measures', () => {
  const error = (outcome: 'harness_error' | 'skipped_budget' | 'malformed'): LongMemEvalReadRow => ({
    question_id: 'tale',
    question_type: 'multi-session',
    hypothesis: '',
    error: 'no answer',
    outcome,
  });
  const valuesOf = (row: LongMemEvalReadRow): Set<number | null> =>
    new Set(Object.values(longMemEvalFacts(row, { clusters: [], isJudged: true }).metrics));
  expect(valuesOf(error('harness_error'))).toEqual(new Set([0]));
  expect(valuesOf(error('skipped_budget'))).toEqual(new Set([null]));
  expect(valuesOf(error('malformed'))).toEqual(new Set([null]));
});

test('judged queries stand in the order of the file of their texts, each with its conversation', () => {
  const query = (id: string) => ({
    id,
    query: `about ${id}`,
    label: null,
    embeddingDim: null,
    grades: new Map([['default::quince', 1]]),
    expectedTop1: null,
  });
  const conversations = readConversations(
    [
      '{"_id":"b","text":"x","conversation_id":"walk"}',
      '{"_id":"a","text":"y","metadata":{"conversation_id":3}}',
      'no JSON "conversation_id"',
    ].join('\n'),
  );
  const questions = judgedQuestions([query('a'), query('b'), query('c')], ['c', 'b', 'a'], conversations);
  expect(questions.map(({ question_id, clusters }) => [question_id, clusters])).toEqual([
    ['c', []],
    ['b', ['walk']],
    ['a', ['3']],
  ]);
});

test('sessions of a haystack are told apart by a few digits, in whichever form they stand', () => {
  const sha256 = (text: string): string => `${text}${'-'.repeat(64)}`;
  const forms = [
    { question_id: 'q', haystack_session_ids: ['mast', 'hull', 'mast'], haystack_sessions: [[], [], []] },
    {
      question_id: 'q',
      haystack_sessions: [
        { session_id: 'mast', turns: [] },
        { session_id: 'hull', turns: [] },
      ],
    },
  ];
  for (const form of forms) expect(nameHaystack(form, sha256)).toEqual({ question_id: 'q', sessions: ['hull------', 'mast------'] });
  expect(nameHaystack('no question', sha256)).toBeNull();
});
