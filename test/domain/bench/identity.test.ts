import { expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { callKey, type CallIdentity } from '../../../domain/bench/call-key.ts';
import { isWorthRetrying } from '../../../domain/shared/call-retry.ts';
import { tuningHash, type Tuning } from '../../../domain/bench/tuning.ts';
import { comparabilityKey } from '../../../domain/shared/comparability-key.ts';
import { formRunId } from '../../../domain/bench/run-id.ts';
import { benchRunIdSchema } from '../../../schemas/bench-run-file.ts';

const CALL: CallIdentity = {
  run_id: 'run-20260301T060000Z-0a1b2c3d-abcdef',
  model_id: 'tide-writer',
  event_id: 'shell-7',
  purpose: 'main',
  attempt_idx: 0,
  prompt_hash: 'p',
  sampling: { temperature: 0.7, top_p: null, max_tokens: 800, seed: null },
};

test('a call has one key, whatever order its parts are given in', () => {
  const reversed = Object.fromEntries(Object.entries(CALL).toReversed()) as unknown as CallIdentity;
  const sampling = { seed: null, max_tokens: 800, top_p: null, temperature: 0.7 };
  expect(callKey({ ...reversed, sampling }, sha256)).toBe(callKey(CALL, sha256));
});

test('every part of a call makes it another one', () => {
  const others: CallIdentity[] = [
    { ...CALL, run_id: 'run-20260301T060000Z-0a1b2c3d-abcdeg' },
    { ...CALL, model_id: 'Tide-writer' },
    { ...CALL, event_id: 'shell-8' },
    { ...CALL, purpose: 'self_consistency' },
    { ...CALL, attempt_idx: 1 },
    { ...CALL, prompt_hash: 'q' },
    { ...CALL, sampling: { ...CALL.sampling, temperature: 0 } },
    { ...CALL, sampling: { ...CALL.sampling, top_p: 1 } },
    { ...CALL, sampling: { ...CALL.sampling, max_tokens: null } },
    { ...CALL, sampling: { ...CALL.sampling, seed: 1 } },
  ];
  expect(new Set([CALL, ...others].map((call) => callKey(call, sha256))).size).toBe(others.length + 1);
});

test('what may go well later is tried again', () => {
  expect((['timeout', 'connection', 'http_429', 'http_5xx'] as const).every(isWorthRetrying)).toBe(true);
  expect((['http_4xx', 'protocol'] as const).some(isWorthRetrying)).toBe(false);
});

const PARTS = {
  corpus_content_hash: 'c'.repeat(64),
  overlay_hash: null,
  qa_content_hash: 'q'.repeat(64),
  embedding_model: 'harbour-embed',
  prompt_hash: 'p'.repeat(64),
  tuning_hash: 't'.repeat(64),
};

test('the comparability key is the hash of the canonical JSON of its five parts', () => {
  const { c, p, q, t } = { c: 'c'.repeat(64), p: 'p'.repeat(64), q: 'q'.repeat(64), t: 't'.repeat(64) };
  const written = `{"corpus_content_hash":"${c}","embedding_model":"harbour-embed","prompt_hash":"${p}","qa_content_hash":"${q}","tuning_hash":"${t}"}`;
  expect(comparabilityKey(PARTS, sha256)).toBe(sha256(written));
  const withOverlay = written.replace(c, sha256(`${c}\n${'o'.repeat(64)}`));
  expect(comparabilityKey({ ...PARTS, overlay_hash: 'o'.repeat(64) }, sha256)).toBe(sha256(withOverlay));
});

test('every part, the overlay among them, makes another key', () => {
  const keys = Object.keys(PARTS).map((part) => comparabilityKey({ ...PARTS, [part]: 'other' }, sha256));
  expect(new Set([comparabilityKey(PARTS, sha256), ...keys]).size).toBe(7);
});

test('tuning is what its values are, not the order they are named in', () => {
  const tuning: Tuning = {
    mode: 'hybrid',
    k: 10,
    candidate_pools: { lexical: 50, semantic: 50 },
    fusion_constant: 60,
    fusion_weights: { lexical: 1, semantic: 1 },
    recency: false,
    diversity_factor: null,
    metric_version: '1',
  };
  const { mode, ...rest } = tuning;
  expect(tuningHash({ ...rest, mode }, sha256)).toBe(tuningHash(tuning, sha256));
  expect(tuningHash({ ...tuning, fusion_constant: 61 }, sha256)).not.toBe(tuningHash(tuning, sha256));
});

test('a run id tells time, configuration and chance', () => {
  const parts = {
    startedAt: '2026-03-01T06:07:08.910Z',
    configHash: 'deadbeef'.repeat(8),
    randomBytes: Uint8Array.of(0, 25, 26, 31, 32, 255),
  };
  expect(formRunId(parts)).toBe('run-20260301T060708Z-deadbeef-az27a7');
  expect(benchRunIdSchema.safeParse(formRunId(parts)).success).toBe(true);
  expect(formRunId({ ...parts, randomBytes: Uint8Array.of(1, 25, 26, 31, 32, 255) })).not.toBe(formRunId(parts));
  expect(() => formRunId({ ...parts, randomBytes: Uint8Array.of(1) })).toThrow('expected 6 random bytes');
});
