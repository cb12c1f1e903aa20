import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it came in. */
export interface HeardMessage {
  readonly role: string;
  readonly content: string;
}

/** What a judge answers: a text, or a status without one. */
export type Answer = string | { readonly status: number };

/** A judge of pairs behind an OpenAI-compatible server. */
export interface PairJudge {
  /** Up to and with `/v1`. */
  readonly url: string;
  /** The messages of every call that came in, in order. */
  readonly heard: readonly (readonly HeardMessage[])[];
  /** The messages of every call that was answered. */
  readonly answered: readonly (readonly HeardMessage[])[];
  /** Answers whoever waits, and everybody who comes from now on. */
  release(): void;
  close(): Promise<void>;
}

export interface PairJudgeOptions {
  readonly snapshot?: string;
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
  /** From this call on, counted from 1, answers wait for `release`. */
  readonly holdFrom?: number;
}

/** Starts a judge on a free port of this machine, which says what `answer` makes of the messages of a call. */
export async function startPairJudge(
  answer: (messages: readonly HeardMessage[]) => Answer,
  { snapshot = 'quay-judge-2026-03', usage = { prompt_tokens: 500, completion_tokens: 80 }, holdFrom = Infinity }: PairJudgeOptions = {},
): Promise<PairJudge> {
  const heard: (readonly HeardMessage[])[] = [];
  const answered: (readonly HeardMessage[])[] = [];
  let waiting: (() => void)[] | null = [];
  const say = (response: ServerResponse, messages: readonly HeardMessage[]): void => {
    const said = answer(messages);
    answered.push(messages);
    if (typeof said !== 'string')
      return void response.writeHead(said.status, { 'retry-after': '0' }).end('{"error":{"message":"as told"}}');
    const choices = [{ index: 0, message: { role: 'assistant', content: said }, finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ object: 'chat.completion', model: snapshot, choices, usage }));
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => void pieces.push(piece));
    request.on('end', () => {
      const { messages } = JSON.parse(Buffer.concat(pieces).toString()) as { messages: HeardMessage[] };
      heard.push(messages);
      if (waiting !== null && heard.length >= holdFrom) waiting.push(() => say(response, messages));
      else say(response, messages);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    heard,
    answered,
    release: () => {
      const held = waiting ?? [];
      waiting = null;
      for (const go of held) go();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
