import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isWorthRetrying } from '../../domain/shared/call-retry.ts';
import { ConfigError } from '../../domain/shared/errors.ts';
import type { ChangeNotice } from '../../schemas/notice.ts';
import type { NoticeReceiver } from '../../schemas/probe-settings.ts';
import { readApiKey } from '../api-key.ts';
import type { CallFailure } from '../call-outcome.ts';
import { nowMs } from '../clock.ts';
import { exchange } from '../http-exchange.ts';
import type { Resolve, UrlRefusal } from '../url-guard.ts';
import { DELIVERED, undelivered, type ChannelPlace, type Delivery } from './channel.ts';

type Webhook = Extract<NoticeReceiver, { kind: 'webhook' }>;

/** What a delivery stands on; the clock and the system where it is left out. */
interface Ground {
  readonly resolve?: Resolve;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const MOST_ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const MAX_REPLY_BYTES = 64 * 1024;
const WORDS = { server: 'the receiver of notices', addressSetting: 'probe.notify.url', hostsSetting: 'probe.notify.allow_private' };

/**
 * Posts a notice as JSON with `x-lauter-signature: t=<seconds since 1970>,v1=<hex>`, the HMAC-SHA256 of `<t>.<body>` by the secret. Delivered with a status 2xx,
 * whatever the reply says; tried again up to three times where that may help. An address of this machine or of a private network is refused unless it is
 * allowed, whatever name leads there, and no redirect is followed. The address may be a secret itself: no message holds more than its host.
 */
export async function postNotice(
  settings: Webhook,
  env: ChannelPlace['env'],
  notice: ChangeNotice,
  signal: AbortSignal,
  { resolve, wait = waitFor }: Ground = {},
): Promise<Delivery> {
  try {
    const secret = readApiKey(env, settings.secret_env) ?? '';
    for (let attempt = 1; ; attempt += 1) {
      const failure = await postOnce(settings, secret, JSON.stringify(notice), signal, resolve);
      if (failure === null) return DELIVERED;
      if (attempt === MOST_ATTEMPTS || !isWorthRetrying(failure.kind))
        return undelivered(`${new URL(settings.url).host}: ${failure.kind}: ${failure.detail}`);
      await wait(Math.min(LONGEST_WAIT_MS, failure.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1)), signal);
    }
  } catch (error) {
    if (error instanceof ConfigError) return undelivered(refusalTold(error, settings));
    throw error;
  }
}

/** Null when the notice has arrived. */
async function postOnce(
  { url, allow_private: isPrivateAllowed, timeout_s }: Webhook,
  secret: string,
  body: string,
  signal: AbortSignal,
  resolve: Resolve | undefined,
): Promise<CallFailure | null> {
  const outcome = await exchange({
    url: new URL(url),
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'lauter', 'x-lauter-signature': sign(body, secret, nowMs()) },
    body,
    limits: { timeoutMs: timeout_s * 1000, signal },
    maxBodyBytes: MAX_REPLY_BYTES,
    rules: { allowRemote: true, allowedHosts: [], isPublicOnly: !isPrivateAllowed, resolve },
    words: WORDS,
  });
  // A reply that cannot be read still says that the notice was taken.
  const isTaken = outcome.state === 'answered' || (outcome.status !== null && outcome.status >= 200 && outcome.status < 300);
  return isTaken ? null : outcome;
}

function sign(body: string, secret: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

const REFUSED: Readonly<Record<UrlRefusal, string>> = {
  not_http: 'its address is neither http nor https',
  metadata_address: 'its address is that of the metadata service of a cloud',
  private_address: 'its address is one of this machine or of a private network, which allow_private does not allow',
  remote_host: 'its address is not allowed',
};

/** What the guard says would hold the path. */
function refusalTold({ message, context: { reason } }: ConfigError, { url }: Webhook): string {
  return typeof reason === 'string' && reason in REFUSED ? `${new URL(url).host}: not called: ${REFUSED[reason as UrlRefusal]}` : message;
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}
