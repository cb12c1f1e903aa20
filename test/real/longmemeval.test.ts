import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scanDataset, readQuestion } from '../../adapters/longmemeval/scan-dataset.ts';
import { buildHaystack, findLeakInPages, isAbstention, rankedMetrics } from '../../domain/longmemeval/index.ts';
import { sha256 } from '../../adapters/digest.ts';
import { longMemEvalQuestionSchema, type LongMemEvalQuestion } from '../../schemas/longmemeval-question.ts';
import type { LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import { makeLongMemEvalDesk } from '../support/longmemeval-run.ts';
import { lmeSettings } from '../support/longmemeval-settings.ts';
import { DATA, isPresent } from './real-data.ts';

const ORACLE = join(DATA, 'longmemeval/longmemeval_oracle.json');
const DEV50 = join(DATA, 'longmemeval/longmemeval_s_dev50.jsonl.zst');

async function readAll(path: string): Promise<LongMemEvalQuestion[]> {
  const questions: LongMemEvalQuestion[] = [];
  for await (const entry of scanDataset(path)) questions.push(longMemEvalQuestionSchema.parse(readQuestion(path, entry)));
  return questions;
}

test.skipIf(!isPresent)('the oracle split loads with everything in it, and no page of it leaks gold', async () => {
  const questions = await readAll(ORACLE);
  const sessions = questions.flatMap(({ haystack_sessions }) => haystack_sessions);
  expect(questions).toHaveLength(500);
  expect(sessions).toHaveLength(948);
  expect(sessions.reduce((sum, session) => sum + (session as unknown[]).length, 0)).toBe(10_960);
  expect(questions.filter(({ question_id: id }) => isAbstention(id))).toHaveLength(30);
  expect(questions.filter(({ answer }) => typeof answer === 'number')).toHaveLength(32);
  for (const question of questions) {
    const { pages, rawIds } = buildHaystack(question, sha256);
    expect(findLeakInPages(pages, rawIds.values())).toBeUndefined();
    expect(pages.every(({ effective_date: date }) => date !== undefined)).toBe(true);
  }
});

/** Figures of the keyword arm over all questions, abstention included, a line each for whoever looks. */
function figuresOf(rows: readonly LongMemEvalReadRow[]) {
  const scored = rows.map(({ question_id, answer_session_ids: gold, retrieved_session_ids: ranked }) => {
    const found = (k: number): number => new Set(gold!.filter((id) => ranked!.slice(0, k).includes(id))).size;
    const first = ranked!.findIndex((id) => gold!.includes(id));
    return {
      question_id,
      any1: found(1) > 0,
      any5: found(5) > 0,
      all5: found(5) === gold!.length,
      all10: found(10) === gold!.length,
      fraction5: found(5) / gold!.length,
      rr: first < 0 ? 0 : 1 / (first + 1),
    };
  });
  const count = (is: (row: (typeof scored)[0]) => boolean): number => scored.filter(is).length;
  const mean = (of: (row: (typeof scored)[0]) => number): number => scored.reduce((sum, row) => sum + of(row), 0) / scored.length;
  for (const row of scored) console.log(JSON.stringify(row));
  return {
    any1: count(({ any1 }) => any1),
    any5: count(({ any5 }) => any5),
    all5: count(({ all5 }) => all5),
    all10: count(({ all10 }) => all10),
    fraction5: mean(({ fraction5 }) => fraction5),
    mrr: mean(({ rr }) => rr),
  };
}

test.skipIf(!isPresent)('keyword search of the 50 development questions of the S split reaches its bars', async () => {
  const desk = makeLongMemEvalDesk();
  const retrieval = { ...lmeSettings().retrieval, top_k: 1000, knobs: { token_budget: null } };
  const { rows, report } = await desk.run(DEV50, { settings: lmeSettings({ retrieval }) });
  const figures = figuresOf(rows);
  expect(rows).toHaveLength(50);
  expect(figures.any1).toBeGreaterThanOrEqual(43);
  expect(figures.any5).toBe(50);
  expect(figures.all5).toBeGreaterThanOrEqual(44);
  expect(figures.all10).toBeGreaterThanOrEqual(47);
  expect(figures.fraction5).toBeGreaterThanOrEqual(0.961);
  expect(figures.mrr).toBeGreaterThanOrEqual(0.911);
  const [at1, at5, at10] = report.recall.all_types.at;
  expect(at5!.all).toMatchObject({ total: 46 });
  expect(at5!.all.hit).toBeGreaterThanOrEqual(40);
  expect(at10!.all.hit).toBeGreaterThanOrEqual(43);
  expect(at1!.any.hit).toBeGreaterThanOrEqual(40);
  expect(at5!.fraction.mean).toBeGreaterThanOrEqual(0.958);
});

test.skipIf(!isPresent)('the default mode of the same questions, without a bar', async () => {
  const desk = makeLongMemEvalDesk();
  const retrieval = { ...lmeSettings().retrieval, strategy: 'hybrid' as const };
  const { rows, report } = await desk.run(DEV50, { settings: lmeSettings({ retrieval }) });
  console.log('default mode', figuresOf(rows));
  expect(report.verdict).toBe('accepted');
});

test.skipIf(!isPresent)('with the texts of sessions shuffled among them, keyword search finds at most half of it', async () => {
  const desk = makeLongMemEvalDesk();
  const questions = await readAll(await unpacked(desk.root));
  const shuffled = questions.map((question) => {
    const sessions = question.haystack_sessions;
    const away = Math.floor(sessions.length / 2);
    return { ...question, haystack_sessions: [...sessions.slice(away), ...sessions.slice(0, away)] };
  });
  const { rows } = await desk.run(desk.file('shuffled.json', JSON.stringify(shuffled)));
  expect(figuresOf(rows).any5).toBeLessThanOrEqual(25);
});

async function unpacked(root: string): Promise<string> {
  const { stageDataset } = await import('../../adapters/longmemeval/stage-dataset.ts');
  return stageDataset(DEV50, join(root, 'unpacked'));
}

interface PeerRow {
  readonly question_id: string;
  readonly retrieval_results: {
    readonly ranked_items: readonly { readonly corpus_id: string }[];
    readonly metrics: { readonly session: Readonly<Record<string, number>> };
  };
}

test.skipIf(!isPresent)('recall_any@k and ndcg_any@k of a peer’s ranked lists are what the peer recorded', async () => {
  const folder = join(DATA, 'longmemeval-runs/mempalace');
  const name = readdirSync(folder).find((file) => file.endsWith('_1654.jsonl'))!;
  const gold = new Map((await readAll(ORACLE)).map((question) => [question.question_id, question.answer_session_ids]));
  const rows = readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as PeerRow);
  expect(rows).toHaveLength(20);
  let compared = 0;
  for (const { question_id: id, retrieval_results: results } of rows) {
    const ranked = results.ranked_items.map(({ corpus_id }) => corpus_id);
    for (const [metric, recorded] of Object.entries(results.metrics.session)) {
      const [kind, k] = metric.split('@') as [string, string];
      const { recall_any, ndcg_any } = rankedMetrics(ranked, gold.get(id)!, Number(k));
      expect(kind === 'recall_any' ? recall_any : ndcg_any, `${id} ${metric}`).toBeCloseTo(recorded, 9);
      compared += 1;
    }
  }
  expect(compared).toBe(20 * 12);
});
