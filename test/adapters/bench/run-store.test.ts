import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { benchRunFolder, modelSlug, openBenchRuns } from '../../../adapters/bench/run-store.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import type { BenchAttempt } from '../../../schemas/bench-attempt.ts';
import type { RunFileRecord } from '../../../schemas/bench-run-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const RUN = 'run-20260302T081500Z-0a1b2c3d-abcdef';

function attempt(event: string, digit: string): BenchAttempt {
  return {
    record_type: 'attempt',
    run_id: RUN,
    model: { id: 'tern-8b' },
    event: { event_id: event, source: 'shell', content_hash: 'c'.repeat(64) },
    attempt_idx: 0,
    purpose: 'main',
    timestamps: { start_ts_ms: 1_772_439_300_000, ttft_ms: null, total_ms: 120 },
    raw_output: '{"summary":"Opened the lock."}',
    parsed_output: null,
    gates: {
      schema_valid: false,
      schema_errors: [],
      refusal_detected: false,
      refusal_patterns_matched: [],
      trivial_summary: false,
      echo_similarity: 0,
      entity_type_sanity: {},
      call_error: null,
    },
    system_snapshot: {},
    timeout: false,
    idempotency_key: digit.repeat(64),
    call_error_kind: null,
    http_status: 200,
    finish_reason: 'stop',
    usage: null,
    stratum: 'base',
    reused: false,
  };
}

describe('calls', () => {
  test('are found under their keys once they are finished', () => {
    const runs = openBenchRuns(temporaryFolder());
    const first = attempt('shell-1', 'a');
    expect(runs.findCall(RUN, first.idempotency_key)).toBeUndefined();
    runs.commitCall(first);
    expect(runs.findCall(RUN, first.idempotency_key)).toEqual(first);
    expect(runs.findCall('run-20260302T081500Z-0a1b2c3d-zzzzzz', first.idempotency_key)).toBeUndefined();
  });

  test('that were torn are told as such', () => {
    const workspace = temporaryFolder();
    const runs = openBenchRuns(workspace);
    runs.commitCall(attempt('shell-1', 'a'));
    writeFileSync(join(benchRunFolder(workspace, RUN), 'calls', 'aa', `${'a'.repeat(64)}.json`), '{"record_type":');
    expect(() => runs.findCall(RUN, 'a'.repeat(64))).toThrow(LakeCorruptError);
  });
});

describe('lines', () => {
  test('hold every attempt once, in the order in which it came', () => {
    const runs = openBenchRuns(temporaryFolder());
    const [one, two, three] = [attempt('shell-1', 'a'), attempt('shell-2', 'b'), attempt('shell-3', 'c')];
    runs.appendAttempts(RUN, 'tern-8b', [one, two]);
    runs.appendAttempts(RUN, 'tern-8b', [{ ...two, reused: true }, three]);
    expect(runs.readAttempts(RUN, 'tern-8b')).toEqual([one, two, three]);
    expect(runs.readAttempts(RUN, 'gull-8b')).toEqual([]);
  });

  test('lose one that was being written when its process died, and take it again', () => {
    const workspace = temporaryFolder();
    const runs = openBenchRuns(workspace);
    runs.appendAttempts(RUN, 'tern-8b', [attempt('shell-1', 'a')]);
    appendFileSync(join(benchRunFolder(workspace, RUN), `attempts-${modelSlug('tern-8b')}.jsonl`), '{"attempt_idx":0,"call_err');
    runs.appendAttempts(RUN, 'tern-8b', [attempt('shell-2', 'b')]);
    expect(runs.readAttempts(RUN, 'tern-8b').map(({ event }) => event.event_id)).toEqual(['shell-1', 'shell-2']);
  });
});

test('a run file holds the first record, the models in their order with their attempts, and the last record', async () => {
  const workspace = temporaryFolder();
  const runs = openBenchRuns(workspace);
  runs.appendAttempts(RUN, 'tern-8b', [attempt('shell-1', 'a')]);
  const record = (type: string): RunFileRecord => ({ record_type: type, run_id: RUN }) as unknown as RunFileRecord;
  const models = [
    { id: 'gull-8b', summary: undefined },
    { id: 'tern-8b', summary: record('model_summary') },
  ];
  const path = join(workspace, 'out', 'r1.jsonl');
  await runs.publish(RUN, path, { first: record('run_manifest'), models, last: record('run_end') });
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { record_type: string }).record_type)).toEqual([
    'run_manifest',
    'attempt',
    'model_summary',
    'run_end',
  ]);
  expect(lines[0]).toBe(`{"record_type":"run_manifest","run_id":"${RUN}"}`);
  expect(readdirSync(join(workspace, 'out'))).toEqual(['r1.jsonl']);
});

describe("a model's name in file names", () => {
  test('is safe, and of its own for every id', () => {
    const ids = ['Qwen', 'qwen', 'qwen/3:8b', 'qwen-3-8b', '../../etc/passwd', '', '模型', 'q'.repeat(300)];
    const slugs = ids.map(modelSlug);
    expect(new Set(slugs).size).toBe(ids.length);
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9-]{1,40}-[0-9a-f]{8}$/);
  });

  test('begins as the id reads', () => {
    expect(modelSlug('Qwen/3:8B')).toMatch(/^qwen-3-8b-[0-9a-f]{8}$/);
    expect(modelSlug('模型')).toMatch(/^model-[0-9a-f]{8}$/);
  });
});
