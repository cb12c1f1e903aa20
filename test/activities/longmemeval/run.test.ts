import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LongMemEvalWorld } from '../../../activities/longmemeval/world.ts';
import type { ChatModel } from '../../../activities/model-ports.ts';
import type { Retriever, SearchRequest } from '../../../activities/search-ports.ts';
import { RetrieverError } from '../../../domain/shared/errors.ts';
import { longMemEvalErrorRowSchema, longMemEvalRowSchema } from '../../../schemas/longmemeval-rows.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';
import { openRetriever } from '../../../worker/open-retriever.ts';
import { zstdOf } from '../../adapters/sources/zip-writer.ts';
import { makeLongMemEvalDesk } from '../../support/longmemeval-run.ts';
import { lmeSettings } from '../../support/longmemeval-settings.ts';
import { freeBudget } from '../../support/spending.ts';
import { asJsonLines, rawId, TALE_TEXTS, taleQuestions } from '../../support/longmemeval-tales.ts';

const READER = { base_url: 'http://127.0.0.1:1/v1', model: 'harbour-8b', api_key_env: null, mode: 'direct', max_tokens: 64 } as const;
const JUDGE = { base_url: 'http://127.0.0.1:1/v1', model: 'judge-70b', api_key_env: null };

/** A reader and a judge that say what they are given to say, and remember what they were asked. */
function talking(say: (asked: string, system: string) => string): { readonly asked: string[]; readonly world: Partial<LongMemEvalWorld> } {
  const asked: string[] = [];
  const chat: ChatModel['chat'] = async ({ messages }) => {
    const texts = messages.map(({ content }) => content);
    asked.push(texts.join('\n'));
    return {
      state: 'answered',
      value: {
        text: say(texts[1] ?? '', texts[0] ?? ''),
        finishReason: 'stop',
        usage: { prompt_tokens: 100, completion_tokens: 7 },
        snapshot: 'harbour-8b fp_1',
      },
    };
  };
  return { asked, world: { chatModel: () => ({ chat }) } };
}

/** Our own engine, with everything that is put into it remembered, and something done before a search. */
function watched(before: (request: SearchRequest) => void = () => undefined): {
  readonly indexed: SearchPage[];
  readonly searched: SearchRequest[];
  readonly world: Partial<LongMemEvalWorld>;
} {
  const [indexed, searched]: [SearchPage[], SearchRequest[]] = [[], []];
  const retriever = async (): Promise<Retriever> => {
    const { search } = lmeSettings().retrieval;
    const own = await openRetriever(
      { workspace: '', settings: search, base: '', env: {}, budget: freeBudget, tell: () => undefined },
      'builtin',
    );
    return {
      ...own,
      index: async (name, pages) => {
        indexed.push(...pages);
        await own.index!(name, pages);
      },
      search: async (request) => {
        searched.push(request);
        before(request);
        return own.search(request);
      },
    };
  };
  return { indexed, searched, world: { retriever } };
}

describe('a run over tales', () => {
  test('LME-7: finds the evidence, writes raw ids, and nothing raw reaches the engine or a prompt', async () => {
    const desk = makeLongMemEvalDesk();
    const engine = watched();
    const models = talking(() => 'Twelve.');
    const dataset = desk.file('tales.json', JSON.stringify(taleQuestions(3)));
    const settings = lmeSettings({ reader: READER, judge: JUDGE });
    const { rows, result } = await desk.run(dataset, { settings }, { ...engine.world, ...models.world });
    expect(result.exit_code).toBe(0);
    expect(rows.map(({ recall_hit }) => recall_hit)).toEqual([true, true, true]);
    expect(rows[0]!.retrieved_session_ids?.[0]).toBe(rawId(0, [0]));
    expect(rows[0]).toMatchObject({
      ...{ hypothesis: 'Twelve.', reader_model: 'harbour-8b', reader_model_snapshot: 'harbour-8b fp_1' },
      ...{ usage: { input_tokens: 200, output_tokens: 14 }, cost_usd: 0 },
    });
    for (const row of rows) expect(longMemEvalRowSchema.safeParse(row).error?.issues).toBeUndefined();
    const seen = JSON.stringify([engine.indexed, engine.searched, models.asked]);
    expect(seen).not.toMatch(/answer_|has_answer|4fd7631|tale_/);
    expect(models.asked).toHaveLength(6);
    expect(engine.searched.every(({ isEvaluation }) => isEvaluation)).toBe(true);
  });

  test('an engine that is somebody else’s is what is measured: one that returns nothing scores nothing', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.jsonl', asJsonLines(taleQuestions(3)));
    const engine = watched();
    const silent = async (): Promise<Retriever> => {
      const own = await engine.world.retriever!({} as never, freeBudget);
      return { ...own, search: async (request) => ({ ...(await own.search(request)), results: [] }) };
    };
    const { report } = await desk.run(dataset, {}, { retriever: silent });
    expect(report.summary.aggregate).toMatchObject({ hit: 0, total: 3 });
    expect(report.outcomes).toMatchObject({ system_failure: 3 });
  });

  test('each question sees its own sessions alone', async () => {
    const desk = makeLongMemEvalDesk();
    const [first, second] = taleQuestions(2, { 0: { haystack_sessions: [[{ role: 'user', content: 'A cormorant dried its wings.' }]] } });
    const asked = { ...second!, question: 'What did the cormorant do?', answer_session_ids: [] };
    const dataset = desk.file('tales.json', JSON.stringify([first, asked]));
    const { rows } = await desk.run(dataset);
    expect(rows[1]!.retrieved_session_ids).toEqual([]);
  });

  test('JSON array, JSON lines and zstd give the same rows', async () => {
    const desk = makeLongMemEvalDesk();
    const questions = taleQuestions(11);
    const plain = await desk.run(desk.file('tales.json', JSON.stringify(questions, null, 1)));
    const strip = (lines: readonly string[]): string[] =>
      lines.map((line) => line.replace(/"dataset_hash":"\w+"|"latency_ms":[\d.]+/g, ''));
    const lines = asJsonLines(questions);
    const forms = [desk.file('tales.jsonl', lines), desk.file('tales.jsonl.zst', zstdOf(Buffer.from(lines)))];
    for (const form of forms) expect(strip((await desk.run(form)).lines)).toEqual(strip(plain.lines));
    expect(plain.rows).toHaveLength(11);
  });

  test('LME-9: a question of abstention is searched, answered and judged, and left out of recall', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.json', JSON.stringify(taleQuestions(2, { 1: { question_id: 'ferry_abs' } })));
    const models = talking((_asked, system) => (system.startsWith('You compare') ? '{"correct": true}' : 'I do not know.'));
    const { rows, report } = await desk.run(dataset, { settings: lmeSettings({ reader: READER, judge: JUDGE }) }, models.world);
    expect(rows[1]).toMatchObject({ abstention: true, outcome: 'abstention', hypothesis: 'I do not know.', judge_correct: true });
    expect(report).toMatchObject({
      summary: { aggregate: { total: 1 }, excluded_abstention: 1 },
      qa_accuracy: { all_types: { hit: 2, total: 2 } },
    });
  });

  test('sessions that come twice, and gold that is in no session, are told', async () => {
    const desk = makeLongMemEvalDesk();
    const ids = [rawId(0, [0]), 'twin_01', 'twin_01', 'buoy_03', 'buoy_04', 'buoy_05'];
    const changed = { haystack_session_ids: ids, answer_session_ids: [rawId(0, [0]), 'answer_gone'] };
    const { rows } = await desk.run(desk.file('tales.json', JSON.stringify(taleQuestions(1, { 0: changed }))));
    expect(rows[0]).toMatchObject({
      duplicate_sessions: ['twin_01'],
      gold_missing_from_haystack: ['answer_gone'],
      gold_total: 2,
      gold_found: 1,
    });
  });

  test('a question that comes twice is told and counted once', async () => {
    const desk = makeLongMemEvalDesk();
    const [first] = taleQuestions(1);
    const { rows, report } = await desk.run(desk.file('tales.json', JSON.stringify([first, { ...first, question: 'Again?' }])));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ question: first!.question });
    expect(report.notices).toEqual(['question tale_001 stands in the dataset more than once; the first counts']);
  });

  test('--limit takes the first, a list takes those that are named', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.jsonl', asJsonLines(taleQuestions(5)));
    const idsOf = async (more: object): Promise<string[]> => (await desk.run(dataset, more)).rows.map(({ question_id }) => question_id);
    expect(await idsOf({ limit: 2 })).toEqual(['tale_001', 'tale_002']);
    expect(await idsOf({ question_ids: ['tale_004', 'tale_002', 'nobody'] })).toEqual(['tale_002', 'tale_004']);
    expect(await idsOf({ question_ids: ['tale_004', 'tale_002'], limit: 1 })).toEqual(['tale_002']);
  });
});

describe('gold in the texts themselves', () => {
  test.each([
    ['the id of an evidence session', 'As I said in answer_280350e9, it rained.'],
    ['the flag of an evidence turn', 'A note: {"has_answer": true}'],
  ])('ends the run: %s', async (_what, content) => {
    const desk = makeLongMemEvalDesk();
    const sessions = TALE_TEXTS.map((tale, at) => [{ role: 'user', content: at === 2 ? content : tale }]);
    const dataset = desk.file('tales.json', JSON.stringify(taleQuestions(1, { 0: { haystack_sessions: sessions } })));
    await expect(desk.run(dataset)).rejects.toMatchObject({
      name: 'CollectionError',
      message: expect.stringContaining('leaks of gold') as string,
    });
  });
});

describe('LME-10: what fails', () => {
  test('a search that fails is a miss of the engine, anything else one of the harness, and both have a row of their own', async () => {
    const desk = makeLongMemEvalDesk();
    let searches = 0;
    const engine = watched(() => {
      searches += 1;
      if (searches === 1) throw new RetrieverError('searching: expected an answer, found none.', '');
      if (searches === 2) throw new TypeError('the mast broke');
    });
    const { rows, report, result } = await desk.run(desk.file('tales.json', JSON.stringify(taleQuestions(11))), {}, engine.world);
    expect(rows.slice(0, 2).map(({ outcome }) => outcome)).toEqual(['system_failure', 'harness_error']);
    for (const row of rows.slice(0, 2)) expect(longMemEvalErrorRowSchema.safeParse(row).error?.issues).toBeUndefined();
    expect(report.summary.aggregate).toMatchObject({ hit: 9, total: 11, errors: 2 });
    expect(result.exit_code).toBe(0);
  });

  test('above a tenth the run is invalid', async () => {
    const desk = makeLongMemEvalDesk();
    let searches = 0;
    const engine = watched(() => {
      searches += 1;
      if (searches <= 2) throw new TypeError('the mast broke');
    });
    const { result } = await desk.run(desk.file('tales.json', JSON.stringify(taleQuestions(10))), {}, engine.world);
    expect(result).toMatchObject({ verdict: 'invalid', exit_code: 2 });
  });

  test('a question of another form has a row that says where, and says nothing of it', async () => {
    const desk = makeLongMemEvalDesk();
    const questions: unknown[] = taleQuestions(11);
    questions[4] = { question_id: 'bent', question: 'Where?', question_type: 'multi-session', haystack_sessions: [[{ role: 'user' }]] };
    const { rows, report } = await desk.run(desk.file('tales.json', JSON.stringify(questions)));
    expect(rows[4]).toMatchObject({
      question_id: 'bent',
      outcome: 'malformed',
      error: expect.stringContaining('haystack_sessions') as string,
    });
    expect(report).toMatchObject({ outcomes: { malformed: 1 }, summary: { aggregate: { total: 10 } } });
  });

  test.each([
    ['a dataset that is cut off', '[{"question_id": "a"'],
    ['an entry without an id', '[{"question": "Where?"}]'],
    ['no question at all', '[]'],
    ['something else', 'harbour'],
  ])('%s cannot be measured', async (_what, text) => {
    const desk = makeLongMemEvalDesk();
    await expect(desk.run(desk.file('tales.json', text))).rejects.toMatchObject({ name: 'CollectionError' });
  });

  test('an engine that cannot be filled cannot be measured', async () => {
    const desk = makeLongMemEvalDesk();
    const retriever = async (): Promise<Retriever> => ({
      name: 'quay',
      search: () => Promise.reject(new Error('never')),
      close: async () => undefined,
    });
    const run = desk.run(desk.file('tales.json', JSON.stringify(taleQuestions(1))), {}, { retriever });
    await expect(run).rejects.toMatchObject({ name: 'UsageError', message: expect.stringContaining('quay') as string });
  });
});

describe('LME-3: going on with a file', () => {
  const questions = taleQuestions(9);
  const settings = lmeSettings({ by_type: true });

  test('keeps what is done, does again what failed, drops what was cut off, and has one summary, last', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.jsonl', asJsonLines(questions));
    const whole = await desk.run(dataset, { settings });
    const failed = { question_id: 'tale_002', question: '', question_type: 'x', hypothesis: '', error: 'fog', outcome: 'harness_error' };
    const left = [whole.lines[0]!, JSON.stringify(failed), whole.lines[2]!, whole.lines.at(-1)!, whole.lines[3]!.slice(0, 40)].join('\n');
    writeFileSync(desk.output, left);
    const engine = watched();
    const resumed = await desk.run(dataset, { settings, resume_from: desk.output }, engine.world);
    expect(engine.searched).toHaveLength(7);
    expect(resumed.report.reused).toBe(2);
    expect(resumed.report.notices.join('\n')).toMatch(/cut off[^]*1 questions that failed/);
    const strip = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/"latency_ms":[\d.]+/g, ''));
    expect(strip(resumed.lines)).toEqual(strip(whole.lines));
    expect(resumed.lines.filter((line) => line.includes('by_type_summary'))).toEqual([resumed.lines.at(-1)]);
  });

  test('when nothing is left no question runs, the summary is made anew and the floor still counts', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.jsonl', asJsonLines(questions));
    const whole = await desk.run(dataset, { settings });
    const missed = whole.rows.map((row) => JSON.stringify({ ...row, retrieved_session_ids: [] }));
    desk.file('old.jsonl', `${missed.join('\n')}\n${whole.lines.at(-1)!}\n`);
    const engine = watched();
    const strict = lmeSettings({ by_type: true, floor: { metric: 'recall_all', value: 0.5 } });
    const resumed = await desk.run(dataset, { settings: strict, resume_from: join(desk.root, 'old.jsonl') }, engine.world);
    expect(engine.searched).toEqual([]);
    expect(resumed.result).toMatchObject({ verdict: 'floor_missed', exit_code: 1 });
    expect(resumed.lines).toHaveLength(10);
    expect(JSON.parse(resumed.lines.at(-1)!)).toMatchObject({ kind: 'by_type_summary', aggregate: { hit: 0, total: 9 } });
  });

  test('a file of another search or dataset is refused, unless mixing is allowed; then the summary lists the mix', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.jsonl', asJsonLines(questions));
    await desk.run(dataset, { limit: 2, settings });
    const other = lmeSettings({ by_type: true, retrieval: { ...lmeSettings().retrieval, top_k: 3 } });
    const before = readFileSync(desk.output, 'utf8');
    await expect(desk.run(dataset, { settings: other, resume_from: desk.output })).rejects.toMatchObject({ name: 'UsageError' });
    expect(readFileSync(desk.output, 'utf8')).toBe(before);
    const mixed = await desk.run(dataset, { settings: { ...other, allow_mixed: true }, resume_from: desk.output });
    expect(Object.values(mixed.report.summary.run_config.mixed?.['retrieval_config_hash'] ?? {})).toEqual([2, 7]);
  });

  test('rows of other programs are taken as they are, what they say beyond ours included; the dataset knows their gold', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.jsonl', asJsonLines(questions));
    const foreign = {
      question_id: 'tale_003',
      question_type: 'multi-session',
      hypothesis: 'Perry.',
      retrieved_session_ids: [rawId(3, [3, 4])],
      mood: 'calm',
    };
    const old = desk.file('old.jsonl', `${JSON.stringify(foreign)}\n`);
    const { rows } = await desk.run(dataset, { resume_from: old, limit: 3, settings });
    expect(rows[2]).toEqual({ ...foreign, answer_session_ids: [rawId(3, [3, 4]), rawId(4, [3, 4])] });
  });

  test('a line in the middle that is no JSON is refused', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.jsonl', asJsonLines(questions));
    const old = desk.file(
      'old.jsonl',
      '{"question_id":"tale_001","hypothesis":"x"}\n{"quest\n{"question_id":"tale_002","hypothesis":"x"}\n',
    );
    await expect(desk.run(dataset, { resume_from: old })).rejects.toMatchObject({ name: 'SourceError' });
  });
});

describe('calls of models', () => {
  test('an answer that was given is taken from there when the batch is done again', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.json', JSON.stringify(taleQuestions(3)));
    const settings = lmeSettings({ reader: READER });
    let asked = 0;
    const dying = talking(() => {
      asked += 1;
      if (asked === 3) throw new Error('the worker is gone');
      return 'Twelve.';
    });
    // The third question fails in the first run; its row is an error, which the second run does again.
    const first = await desk.run(dataset, { settings }, dying.world);
    expect(first.rows.map(({ outcome }) => outcome)).toEqual(['scored', 'scored', 'harness_error']);
    const second = talking(() => 'Twelve.');
    const resumed = await desk.run(dataset, { settings, resume_from: desk.output }, second.world);
    expect(second.asked).toHaveLength(1);
    expect(resumed.result.exit_code).toBe(0);
  });

  test('a call that may go well later is made again, and one that may not is not', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.json', JSON.stringify(taleQuestions(1)));
    const kinds = ['http_5xx', 'http_429', 'http_4xx'] as const;
    let calls = 0;
    const waits: number[] = [];
    const world: Partial<LongMemEvalWorld> = {
      wait: async (ms) => void waits.push(ms),
      chatModel: () => ({
        chat: async () => {
          calls += 1;
          const kind = kinds[calls - 1]!;
          return { state: 'failed', kind, detail: kind, retryAfterMs: kind === 'http_429' ? 1_234 : null };
        },
      }),
    };
    const { rows } = await desk.run(dataset, { settings: lmeSettings({ reader: READER }) }, world);
    expect(calls).toBe(3);
    expect(waits).toEqual([500, 1_234]);
    expect(rows[0]).toMatchObject({ outcome: 'harness_error', error: 'the reader gave no answer: http_4xx', hypothesis: '' });
  });

  test('what a judge says without a verdict finds nothing right', async () => {
    const desk = makeLongMemEvalDesk();
    const dataset = desk.file('tales.json', JSON.stringify(taleQuestions(1)));
    const models = talking(() => 'Surely that is correct.');
    const { rows, report } = await desk.run(dataset, { settings: lmeSettings({ reader: READER, judge: JUDGE }) }, models.world);
    expect(rows[0]).toMatchObject({ judge_correct: null, judge_error: 'the reply holds no verdict', judge_raw: 'Surely that is correct.' });
    expect(report.qa_accuracy?.all_types).toMatchObject({ hit: 0, total: 1 });
  });
});

test('a run that has ended leaves its report, its rows and nothing that was only needed meanwhile', async () => {
  const desk = makeLongMemEvalDesk();
  const { run } = await desk.run(desk.file('tales.json', JSON.stringify(taleQuestions(9))));
  const left = readdirSync(join(desk.root, 'workspace', 'lake', 'eval', 'longmemeval', run.run_id));
  expect(left.sort()).toEqual(['hypotheses.jsonl', 'plan.json', 'report.json']);
});
