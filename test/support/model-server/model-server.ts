import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerChat } from './answer-chat.ts';
import { answerPanel } from './answer-panel.ts';
import { embedText } from './embed-text.ts';
import type { CallPath, Fault, ModelServerScript } from './script.ts';
import { rerank } from './rerank.ts';
import { parseOr } from './texts.ts';

/** A line of the request log. */
export interface LoggedCall {
  readonly path: CallPath;
  /** What the caller sent as `x-request-id`. */
  readonly request_id: string | null;
  readonly body_sha256: string;
  readonly status: number;
}

/** A call as it came in; `authorization` and the rest of the head are there to be looked at. */
export interface SeenCall {
  readonly path: CallPath;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
  /** By the clock of this process, as `performance.now()` tells it. */
  readonly beganMs: number;
  /** When the reply was sent, or the connection was gone. */
  readonly ended: Promise<number>;
}

export interface ModelServer {
  /** Up to and with `/v1`. */
  readonly url: string;
  /** Every call that came in, answered or not. */
  readonly seen: readonly SeenCall[];
  /** The next call that comes in. */
  next(): Promise<SeenCall>;
  close(): Promise<void>;
}

/** Starts the reference model server on a free port of this machine: OpenAI-compatible, deterministic, and as faulty as its script says. */
export async function startModelServer(script: ModelServerScript): Promise<ModelServer> {
  const seen: SeenCall[] = [];
  const arrivals = new EventEmitter();
  const note = (call: SeenCall): void => {
    seen.push(call);
    arrivals.emit('call', call);
  };
  const server = createServer((request, response) => {
    serve(request, response, script, seen, note).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    seen,
    next: async () => ((await once(arrivals, 'call')) as [SeenCall])[0],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  script: ModelServerScript,
  seen: readonly SeenCall[],
  note: (call: SeenCall) => void,
): Promise<void> {
  const text = await readText(request);
  const url = request.url ?? '/';
  const path = pathOf(url);
  if (path === undefined) return void response.writeHead(404).end();
  const body = parseOr(text, {}) as Record<string, unknown>;
  const ended = once(response, 'close').then(() => performance.now());
  note({ path, url, headers: request.headers, body, beganMs: performance.now(), ended });
  const number = seen.filter((call) => call.path === path).length;
  // Before the last byte, so that whoever has the whole answer finds its line.
  const logCall = (status: number): void => {
    const call: LoggedCall = {
      path,
      request_id: (request.headers['x-request-id'] as string | undefined) ?? null,
      body_sha256: createHash('sha256').update(text).digest('hex'),
      status,
    };
    if (script.requestLog !== undefined) appendFileSync(script.requestLog, `${JSON.stringify(call)}\n`);
  };
  const fault = script.faults?.find(
    ({ path: of, model = body.model, from, to = Infinity }) => of === path && model === body.model && number >= from && number <= to,
  )?.does;
  const chatCalls = seen.filter((call) => call.path === 'chat').length;
  const reply = {
    models: () => cards(url, script, chatCalls),
    chat: () => chat(body, number, script, fault),
    embeddings: () => embeddings(body, script),
    rerank: () => json({ ...rerank(body), ...usageOf(script) }),
  }[path]();
  await send(response, reply, fault, logCall);
}

interface Reply {
  readonly status: number;
  readonly contentType: string;
  /** Sent one after another. */
  readonly pieces: readonly string[];
}

async function send(
  response: ServerResponse,
  reply: Reply,
  fault: Fault['does'] | undefined,
  logCall: (status: number) => void,
): Promise<void> {
  if (fault?.kind === 'wait' || fault?.kind === 'say') await sleep(fault.ms ?? 0);
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'reset') return void response.destroy();
  if (fault?.kind === 'hang_in_body' || fault?.kind === 'cut') {
    const whole = reply.pieces.join('');
    response.writeHead(reply.status, { 'content-type': reply.contentType });
    await new Promise((resolve) => response.write(whole.slice(0, Math.ceil(whole.length / 2)), resolve));
    if (fault.kind === 'cut') response.destroy();
    return;
  }
  const { status, headers, pieces } = scripted(reply, fault);
  response.writeHead(status, headers);
  for (const piece of pieces) response.write(piece);
  logCall(status);
  response.end();
}

/** What is sent: the reply, or what the script wants instead of it. */
function scripted(
  reply: Reply,
  fault: Fault['does'] | undefined,
): { status: number; headers: Record<string, string>; pieces: readonly string[] } {
  if (fault?.kind === 'status')
    return { status: fault.status, headers: { ...fault.headers }, pieces: ['{"error":{"message":"as scripted"}}'] };
  if (fault?.kind === 'body')
    return { status: 200, headers: { 'content-type': fault.contentType ?? 'application/json' }, pieces: [fault.body] };
  return { status: reply.status, headers: { 'content-type': reply.contentType }, pieces: reply.pieces };
}

function pathOf(url: string): CallPath | undefined {
  const path = url.replace(/\?.*$/, '');
  if (path === '/v1/chat/completions') return 'chat';
  if (path === '/v1/embeddings') return 'embeddings';
  if (path === '/v1/rerank') return 'rerank';
  return /^\/v1\/models(?:\/|$)/.test(path) ? 'models' : undefined;
}

function json(value: unknown, status = 200): Reply {
  return { status, contentType: 'application/json', pieces: [JSON.stringify(value)] };
}

function cards(url: string, { models, cardChange, hasCardPages = true }: ModelServerScript, chatCalls: number): Reply {
  const isChanged = cardChange !== undefined && chatCalls > cardChange.afterChatCalls;
  const shown = models.map((model) => ({ object: 'model', ...model, ...(isChanged ? cardChange.fields : {}) }));
  const id = /^\/v1\/models\/([^?]+)/.exec(url)?.[1];
  if (id === undefined) return json({ object: 'list', data: shown });
  const card = hasCardPages ? shown.find((model) => model.id === decodeURIComponent(id)) : undefined;
  return card === undefined ? json({ error: { message: 'no such model' } }, 404) : json(card);
}

function chat(body: Record<string, unknown>, number: number, script: ModelServerScript, fault: Fault['does'] | undefined): Reply {
  const { variation, judge = 'attentive', panel } = script;
  const isVaried = variation !== undefined && shareOf(`${variation.seed}/${number}`) < variation.share;
  const messages = (body.messages ?? []) as Parameters<typeof answerChat>[0];
  const usual = (): string => (panel === undefined ? answerChat(messages, isVaried, judge) : answerPanel(messages, panel));
  const content = fault?.kind === 'say' ? fault.text : usual();
  const counted = { prompt_tokens: JSON.stringify(messages).length >> 2, completion_tokens: content.length >> 2 };
  const { usage } = { usage: counted, ...usageOf(script) };
  if (body.stream !== true) {
    return json({
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage,
    });
  }
  const words = content.split(/(?<= )/);
  const chunks = [
    ...words.map((word) => ({ choices: [{ index: 0, delta: { content: word }, finish_reason: null }] })),
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage },
  ];
  const pieces = [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'];
  return { status: 200, contentType: 'text/event-stream', pieces };
}

/** The usage that the script wants said, where it does. */
function usageOf({ usage }: ModelServerScript): { usage?: Readonly<Record<string, number>> | null } {
  return usage === undefined ? {} : { usage };
}

function embeddings({ input }: Record<string, unknown>, script: ModelServerScript): Reply {
  const texts = (Array.isArray(input) ? input : [input]).map(String);
  return json({
    object: 'list',
    data: texts.map((text, index) => ({ object: 'embedding', index, embedding: embedText(text) })),
    ...usageOf(script),
  });
}

/** A number in [0, 1) for a text. */
function shareOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}

async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
