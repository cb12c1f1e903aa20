import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../adapters/digest.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { trustLedgerRowSchema, type TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import { trustListSchema, trustVerificationSchema } from '../../schemas/trust-reports.ts';
import { makeRun, TERN, writeRunFile, type RunShape } from '../support/bench-run-files.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Tower {
  readonly root: string;
  readonly ledgerPath: string;
  bench(...args: readonly string[]): Promise<CliOutcome>;
  /** Writes a file for each shape and records their verdict. */
  record(shapes: readonly RunShape[], ...more: readonly string[]): Promise<CliOutcome>;
  rows(): TrustLedgerRow[];
}

function tower(): Tower {
  const root = temporaryFolder();
  const workspace = join(root, 'workspace');
  const ledgerPath = join(workspace, 'ledger', 'trust.jsonl');
  const bench = (...args: readonly string[]): Promise<CliOutcome> => runCli(['bench', ...args, '--workspace', workspace], root);
  return {
    root,
    ledgerPath,
    bench,
    record: (shapes, ...more) => {
      const names = shapes.map((shape, at) => {
        writeFileSync(join(root, `r${at + 1}.jsonl`), writeRunFile(makeRun(at + 1, shape)));
        return `r${at + 1}.jsonl`;
      });
      return bench('determinism', ...names, '--record', ...more);
    },
    rows: () =>
      readFileSync(ledgerPath, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => trustLedgerRowSchema.parse(JSON.parse(line))),
  };
}

const STEADY: readonly RunShape[] = [
  { mrr: 0.4, hitAt1: 0.35 },
  { mrr: 0.41, hitAt1: 0.35 },
  { mrr: 0.405, hitAt1: 0.36 },
];
const NOISY: readonly RunShape[] = [
  { mrr: 0.4, hitAt1: 0.3 },
  { mrr: 0.47, hitAt1: 0.35 },
  { mrr: 0.4, hitAt1: 0.35 },
];

describe('recording', () => {
  test('a PASS of three runs leaves a row that says what was measured', async () => {
    const { record, rows } = tower();
    const { code, err } = await record(STEADY);
    expect([code, err]).toEqual([0, expect.stringContaining('recorded: row 1')]);
    const [row] = rows();
    expect(row).toMatchObject({
      schema: 'lauter.ledger/1',
      seq: 1,
      prev_hash: '0'.repeat(64),
      model_id: TERN,
      model_card_digest: 'sha256:feather',
      verdict: 'PASS',
      claim: 'retrieval_only',
      reasons: [],
      mode: 'hybrid',
      n_runs: 3,
      scored_count: 100,
      judge_mean: null,
      judge_mean_delta: null,
      temperature: 0.7,
      sweep_id: null,
      run_ids: ['run-20250301T064000Z-1a2b3c4d-abcde1', 'run-20250302T064000Z-1a2b3c4d-abcde2', 'run-20250303T064000Z-1a2b3c4d-abcde3'],
    });
    expect(row!.recorded_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
    expect(row!.mrr_mean).toBeCloseTo(0.405, 12);
    expect(row!.mrr_delta).toBeCloseTo(0.01, 12);
    expect(row!.hit_at_1_delta).toBeCloseTo(0.01, 12);
  });

  test('the hash is the sha256 of the canonical JSON of the row without it, and the head names it', async () => {
    const { record, ledgerPath } = tower();
    await record(STEADY);
    const { row_hash, ...open } = JSON.parse(readFileSync(ledgerPath, 'utf8')) as JsonObject;
    expect(row_hash).toBe(sha256(canonicalJson(open)));
    const head = JSON.parse(readFileSync(ledgerPath.replace('.jsonl', '.head.json'), 'utf8')) as JsonObject;
    expect(head).toMatchObject({ seq: 1, row_hash, count: 1 });
  });

  test('the report that the row names is determinism.json, byte for byte', async () => {
    const { root, record, rows } = tower();
    await record(STEADY, '--report', 'bt29');
    expect(rows()[0]!.report_sha256).toBe(sha256(readFileSync(join(root, 'bt29', 'determinism.json'))));
  });

  test('the same verdict again changes nothing', async () => {
    const { record, rows } = tower();
    await record(STEADY);
    const again = await record(STEADY);
    expect([again.code, again.err]).toEqual([0, expect.stringContaining('recorded before: row 1')]);
    expect(rows()).toHaveLength(1);
  });

  test('a FAIL is recorded, too, with its reasons', async () => {
    const { record, rows } = tower();
    expect((await record(NOISY)).code).toBe(1);
    expect(rows()[0]).toMatchObject({ verdict: 'FAIL', reasons: [expect.stringMatching(/^over budget: /), expect.any(String)] });
  });

  test.each([
    ['two runs', STEADY.slice(0, 2), /3 runs or more/],
    ['partial comparability', STEADY.map((shape) => ({ ...shape, manifest: { prompt_hash: undefined } })), /partial/],
    [
      'questions of another corpus',
      STEADY.map((shape) => ({
        ...shape,
        manifest: { preflight_checks: [{ check: 'qa_provenance', status: 'warn', detail: 'allowed' }] },
      })),
      /hashes differ/,
    ],
    [
      'no model card',
      STEADY.map((shape) => ({ ...shape, summary: { model_card_before: undefined, model_card_after: undefined } })),
      /model card/,
    ],
  ])('a PASS with %s is not recorded, and that is a refusal', async (_what, shapes, reason) => {
    const { record, ledgerPath } = tower();
    const { code, err } = await record(shapes);
    expect([code, err]).toEqual([1, expect.stringMatching(reason)]);
    expect(() => readFileSync(ledgerPath)).toThrow('ENOENT');
  });

  test('a FAIL because a run ended early is not recorded: the model was not measured three times', async () => {
    const { root, bench, record, ledgerPath } = tower();
    const ended = STEADY.map((shape, at) => (at === 2 ? { ...shape, end: { reason: 'cancelled' } } : shape));
    expect(await record(ended)).toMatchObject({ code: 1, err: expect.stringContaining('ended early (cancelled)') as string });
    const [manifest, , end] = makeRun(3, { end: { reason: 'preflight_aborted' } });
    writeFileSync(join(root, 'r3.jsonl'), writeRunFile([manifest!, end!]));
    const aborted = await bench('determinism', 'r1.jsonl', 'r2.jsonl', 'r3.jsonl', '--record');
    expect(aborted).toMatchObject({ code: 1, err: expect.stringContaining('2 of 3 runs') as string });
    expect(() => readFileSync(ledgerPath)).toThrow('ENOENT');
  });

  test('runs that are not comparable are exit 2 and leave no row', async () => {
    const { record, ledgerPath } = tower();
    const shapes = STEADY.map((shape, at) => ({ ...shape, manifest: { corpus_content_hash: sha256(`corpus ${at}`) } }));
    expect((await record(shapes)).code).toBe(2);
    expect(() => readFileSync(ledgerPath)).toThrow('ENOENT');
  });

  test('a broken chain takes no row', async () => {
    const { record, ledgerPath } = tower();
    await record(STEADY);
    const text = readFileSync(ledgerPath, 'utf8').replace('"verdict":"PASS"', '"verdict":"FAIL"');
    writeFileSync(ledgerPath, text);
    const { code, err } = await record(NOISY);
    expect([code, err]).toEqual([1, expect.stringContaining('ledger verify')]);
    expect(readFileSync(ledgerPath, 'utf8')).toBe(text);
  });
});

describe('verify', () => {
  async function verified(damage: (lines: string[], path: string) => void, ...more: readonly string[]) {
    const { record, bench, ledgerPath } = tower();
    await record(STEADY);
    await record(NOISY);
    await record(STEADY.map((shape) => ({ ...shape, model: 'gannet-3b' })));
    const lines = readFileSync(ledgerPath, 'utf8').split('\n').slice(0, -1);
    const hashes = lines.map((line) => (JSON.parse(line) as TrustLedgerRow).row_hash);
    damage(lines, ledgerPath);
    writeFileSync(ledgerPath, lines.map((line) => `${line}\n`).join(''));
    const { code, out } = await bench(
      'ledger',
      'verify',
      '--json',
      ...more.map((word) => word.replace(/^#(\d)$/, (_all, at: string) => hashes[Number(at)]!)),
    );
    const verification = trustVerificationSchema.parse(JSON.parse(out));
    return { code, seq: verification.fault?.seq ?? null, kind: verification.fault?.kind ?? null, rows: verification.rows };
  }

  test('holds as it was written', async () => {
    expect(await verified(() => undefined)).toEqual({ code: 0, seq: null, kind: null, rows: 3 });
    expect(await verified(() => undefined, '--expect-head', '#2')).toEqual({ code: 0, seq: null, kind: null, rows: 3 });
  });

  test.each([
    ['an edited row', (lines: string[]) => void (lines[1] = lines[1]!.replace('"n_runs":3', '"n_runs":4')), 2, 'edit'],
    ['a removed row', (lines: string[]) => void lines.splice(1, 1), 2, 'removal'],
    ['an inserted row', (lines: string[]) => void lines.splice(1, 0, '{}'), 2, 'insertion'],
    ['rows in another order', (lines: string[]) => void lines.splice(1, 2, lines[2]!, lines[1]!), 2, 'reorder'],
    ['a tail that was cut off', (lines: string[]) => void lines.splice(2, 1), 3, 'truncation'],
  ])('names the first bad row of %s', async (_what, damage, seq, kind) => {
    expect(await verified(damage)).toMatchObject({ code: 1, seq, kind });
  });

  test('a tail that was cut off together with its head shows against the hash that was noted down', async () => {
    const cut = (lines: string[], path: string): void => {
      lines.splice(2, 1);
      const { row_hash } = JSON.parse(lines[1]!) as TrustLedgerRow;
      writeFileSync(path.replace('.jsonl', '.head.json'), JSON.stringify({ schema: 'ledger-head/1', seq: 2, row_hash, count: 2 }));
    };
    expect(await verified(cut)).toMatchObject({ code: 0 });
    expect(await verified(cut, '--expect-head', '#2')).toMatchObject({ code: 1, seq: 3, kind: 'expected_head' });
  });

  test('a row behind the expected head is named', async () => {
    expect(await verified(() => undefined, '--expect-head', '#1')).toMatchObject({ code: 1, seq: 3, kind: 'expected_head' });
  });

  test('what is no hash, and a folder without a ledger, are exit 2', async () => {
    const { bench, record } = tower();
    expect((await bench('ledger', 'verify')).code).toBe(2);
    await record(STEADY);
    expect((await bench('ledger', 'verify', '--expect-head', 'FF')).code).toBe(2);
  });
});

describe('list', () => {
  test('one line a row, and nothing in a model id can end it', async () => {
    const { record, bench, rows } = tower();
    await record(STEADY.map((shape) => ({ ...shape, model: 'tern|7b\tat\nsea' })));
    await record(
      NOISY.map((shape) => ({
        ...shape,
        manifest: { judge: { model: 'heron' } },
        summary: { judge: { mean: 4, per_item: [] } },
      })),
    );
    const [first, second] = rows().map(({ recorded_at }) => recorded_at);
    const { code, out } = await bench('ledger', 'list', '--tsv');
    expect([code, out.split('\n').slice(0, -1)]).toEqual([
      0,
      [
        `${first} | tern\\x7c7b\\tat\\nsea | PASS | mrr_delta=0.0100 | hit_at_1_delta=0.0100`,
        `${second} | ${TERN} | FAIL | mrr_delta=0.0700 | hit_at_1_delta=0.0500 | judge_mean_delta=0.0000`,
      ],
    ]);
  });

  test('as JSON and as a report', async () => {
    const { root, record, bench } = tower();
    await record(NOISY);
    const { out } = await bench('ledger', 'list', '--json', '--report', 'history');
    expect(trustListSchema.parse(JSON.parse(out)).rows).toHaveLength(1);
    expect(readFileSync(join(root, 'history', 'trust-ledger.html'), 'utf8')).toContain(TERN);
    expect(readFileSync(join(root, 'history', 'trust-ledger.md'), 'utf8')).toContain('FAIL');
  });
});
