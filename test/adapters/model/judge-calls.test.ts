import { afterEach, expect, test } from 'vitest';
import { createModelClient } from '../../../adapters/model/model-client.ts';
import {
  enrichmentMessages,
  JUDGE_CANARIES,
  JUDGE_REPLY_SCHEMA,
  judgeMessages,
  startJudging,
  summarizeJudge,
  takeJudgeReply,
  type JudgedEvent,
  type JudgedItem,
} from '../../../domain/bench/index.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';
import type { ModelServerScript } from '../../support/model-server/script.ts';

const EVENT = {
  source: 'browser',
  redacted_content: '{"title":"Harmonic analysis of tidal gauges","url":"https://harbour.example/gauges"}',
};
const LIMITS = { timeoutMs: 20_000 };

let server: ModelServer;
afterEach(() => server.close());

/** Writes a note with the reference server, then has note and canaries judged by it. */
async function judgeNote(judge: NonNullable<ModelServerScript['judge']>) {
  server = await startModelServer({ models: [], judge });
  const client = createModelClient({ baseUrl: server.url, rules: { allowRemote: false, allowedHosts: [] } });
  const note = await client.chat({ model: 'tide-writer', messages: enrichmentMessages(EVENT), temperature: 0.7 }, LIMITS);
  if (note.state === 'failed') throw new Error(note.detail);

  async function ask(event_id: string, item: JudgedItem): Promise<JudgedEvent> {
    let judging = startJudging(item.raw_output);
    while (judging.state === 'asking') {
      const request = {
        model: 'judge',
        messages: judgeMessages(item),
        temperature: 0,
        replySchema: { name: 'scores', schema: JUDGE_REPLY_SCHEMA },
      };
      const reply = await client.chat(request, LIMITS);
      judging = takeJudgeReply(judging, reply.state === 'answered' ? reply.value.text : null);
    }
    return { event_id, judging };
  }

  const sample = [await ask('browser-1', { ...EVENT, raw_output: note.value.text })];
  const canaries = [];
  for (const { event_id, ...item } of JUDGE_CANARIES) canaries.push(await ask(event_id, item));
  return summarizeJudge(sample, canaries);
}

test('a judge that reads likes a good note and no canary', async () => {
  const judge = await judgeNote('attentive');
  expect(judge).toMatchObject({ scored: 1, reason: null });
  expect(judge.mean).toBeGreaterThanOrEqual(4);
  expect(server.seen.at(-1)?.body).toMatchObject({
    temperature: 0,
    response_format: { type: 'json_schema', json_schema: { name: 'scores', strict: true } },
  });
});

test('a judge that likes everything is found out', async () => {
  expect(await judgeNote('generous')).toMatchObject({ mean: null, reason: 'judge_canary' });
});

test('a judge that chats is asked twice each, and then it is missing', async () => {
  expect(await judgeNote('chatty')).toMatchObject({ mean: null, scored: 0, missing: 1 });
  expect(server.seen).toHaveLength(1 + 3 * 2);
});
