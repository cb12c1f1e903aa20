import { afterEach, describe, expect, test } from 'vitest';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import { makeLongMemEvalDesk } from '../../support/longmemeval-run.ts';
import { lmeBudget, lmeSettings } from '../../support/longmemeval-settings.ts';
import { TALE_TEXTS, taleQuestions } from '../../support/longmemeval-tales.ts';
import { freePrices } from '../../support/spending.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A run over two questions, and the texts that were embedded for it. */
async function run(settings: Parameters<typeof lmeSettings>[0], dataset = JSON.stringify(taleQuestions(2))) {
  server = await startModelServer({ models: [{ id: 'vectors-small' }] });
  const desk = makeLongMemEvalDesk();
  const embedders = { served: { kind: 'openai', base_url: server.url, model: 'vectors-small', dimensions: 64 } };
  const search = searchSettingsSchema.parse({ embedder: 'served', embedders });
  const made = lmeSettings(settings);
  const budget = lmeBudget('tales', freePrices('vectors-small'));
  const ended = await desk.run(desk.file('tales.json', dataset), {
    budget,
    settings: { ...made, retrieval: { ...made.retrieval, search } },
  });
  return { ...ended, embedded: server.seen.flatMap(({ body }) => (body.input ?? []) as string[]) };
}

describe('a search by words alone', () => {
  test('embeds nothing, neither haystack nor question, whatever embedder is configured', async () => {
    const { embedded, rows } = await run({});
    expect(embedded).toEqual([]);
    expect(rows.map(({ recall_hit, search_meta }) => [recall_hit, search_meta?.degraded])).toEqual([
      [true, []],
      [true, []],
    ]);
  });

  test('a hybrid one embeds both', async () => {
    const { embedded, rows } = await run({ retrieval: { ...lmeSettings().retrieval, strategy: 'hybrid' } });
    expect(embedded).toEqual(expect.arrayContaining(['How many quince trees did I plant?']));
    expect(embedded.some((text) => text.includes('quince trees behind the boathouse'))).toBe(true);
    expect(rows[0]!.search_meta).toMatchObject({ vector_enabled: true });
  });
});

test('a chat about code is measured, without its words looking like gold to anybody', async () => {
  const [question] = taleQuestions(1);
  const code = 'Rename answer_text to answer_body, and has_answer too.';
  const sessions = TALE_TEXTS.map((tale, at) => [{ role: 'user', content: at === 0 ? `${tale} ${code}` : tale }]);
  const asked = { ...question!, question: 'What did I rename answer_text to?', answer: 'answer_body', haystack_sessions: sessions };
  const { rows, embedded } = await run({ retrieval: { ...lmeSettings().retrieval, strategy: 'hybrid' } }, JSON.stringify([asked]));
  expect(rows[0]).toMatchObject({ question: 'What did I rename answer_text to?', recall_hit: true, outcome: 'scored' });
  expect(embedded.join('\n')).toContain('Rename answer-text to answer-body, and has-answer too.');
  expect(embedded.join('\n')).not.toMatch(/answer_/);
});
