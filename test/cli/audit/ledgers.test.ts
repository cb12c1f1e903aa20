import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AUDIT_CHECKS } from '../../../domain/audit/index.ts';
import { distillAuditFull } from '../../../cli/commands/distill-audit-full.ts';
import { auditReportSchema } from '../../../schemas/audit-report.ts';
import { audit, copyWorkspace, failedChecks, PASSED } from '../../support/full-audit.ts';
import { ask, makeHarborWorkspace, type HarborWorkspace } from '../../support/harbor-workspace.ts';
import { recordingIo } from '../../support/recording-io.ts';

let harbor: HarborWorkspace;
beforeAll(async () => {
  harbor = await makeHarborWorkspace();
  for (let audits = 0; audits < 3; audits += 1) await audit(harbor.workspace);
}, 30_000);
afterAll(() => harbor.clear());

const ledgerOf = (workspace: string): string => join(workspace, 'ledger', 'audit-baselines.jsonl');
const rowsOf = (workspace: string): string[] => readFileSync(ledgerOf(workspace), 'utf8').trimEnd().split('\n');

test('every audit appends one row, chained to the one before it, and compares with the latest accepted one', async () => {
  const rows = rowsOf(harbor.workspace).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.map(({ seq, against, severity, verdict }) => ({ seq, against, severity, verdict }))).toEqual([
    { seq: 1, against: null, severity: 'ok', verdict: 'accepted' },
    { seq: 2, against: 1, severity: 'ok', verdict: 'accepted' },
    { seq: 3, against: 2, severity: 'ok', verdict: 'accepted' },
  ]);
  expect(rows[1]!.prev_hash).toBe(rows[0]!.row_hash);
  expect(rows[2]!.prev_hash).toBe(rows[1]!.row_hash);
  expect(
    await ask(harbor.workspace, 'SELECT seq, run_id, verdict, p2_evidence_rows, p4_total_quarantined, against FROM baselines ORDER BY seq'),
  ).toEqual(
    [1, 2, 3].map((seq) => ({
      seq,
      run_id: harbor.runId,
      verdict: 'accepted',
      p2_evidence_rows: 4,
      p4_total_quarantined: 7,
      against: seq === 1 ? null : seq - 1,
    })),
  );
});

describe('damage of the baselines is named by the command', () => {
  test.each([
    ['edit', (rows: string[]) => [rows[0]!, rows[1]!.replace('"p4_sft_rows":1', '"p4_sft_rows":9'), rows[2]!]],
    ['truncation', (rows: string[]) => rows.slice(0, 2)],
    ['reorder', (rows: string[]) => [rows[0]!, rows[2]!, rows[1]!]],
    ['fork', (rows: string[]) => [rows[0]!, rows[1]!, rows[1]!, rows[2]!]],
    ['removal', (rows: string[]) => [rows[0]!, rows[2]!]],
  ])('%s', async (kind, damage) => {
    const copy = copyWorkspace(harbor.root, harbor.workspace);
    const damaged = `${damage(rowsOf(copy)).join('\n')}\n`;
    writeFileSync(ledgerOf(copy), damaged);
    const io = recordingIo({ cwd: harbor.root });
    const code = await distillAuditFull(io, { workspace: copy, json: true }, () => Promise.resolve(PASSED));
    const report = auditReportSchema.parse(JSON.parse(io.printed()));
    expect({ code, failed: failedChecks(report) }).toEqual({ code: 1, failed: [16] });
    expect(report.checks[15]!.findings[0]).toMatchObject({
      where: expect.stringMatching(/^ledger\/audit-baselines\.jsonl:\d$/),
      found: expect.stringContaining(`(${kind}: `),
    });
    // Nothing is appended to a damaged chain, and nothing is compared with it.
    expect(readFileSync(ledgerOf(copy), 'utf8')).toBe(damaged);
    expect({ baseline: report.baseline, against: report.drift.against }).toEqual({ baseline: null, against: null });
  });
});

describe('other ledgers and the replay log', () => {
  test('any hash-chained ledger of the workspace is followed', async () => {
    const copy = copyWorkspace(harbor.root, harbor.workspace);
    writeFileSync(join(copy, 'ledger', 'trust.jsonl'), '{"model":"quay-1"}\n');
    const report = await audit(copy);
    expect(failedChecks(report)).toEqual([16]);
    expect(report.checks[15]!.findings[0]).toMatchObject({ where: 'ledger/trust.jsonl:1', found: expect.stringContaining('(edit: ') });
    expect(report.baseline).toMatchObject({ seq: 4, verdict: 'refused', failed: [16] });
    // A refused audit is no yardstick.
    expect((await audit(copy)).drift.against).toMatchObject({ seq: 3 });
  });

  test('a line of the replay log that is no replay run; a last one that was cut off is only told of', async () => {
    const copy = copyWorkspace(harbor.root, harbor.workspace);
    mkdirSync(join(copy, 'ledger'), { recursive: true });
    const log = join(copy, 'ledger', 'replay_runs.jsonl');
    writeFileSync(log, '{"schema":"replay_run/1","task":"Who feeds the gu');
    const told = await audit(copy);
    expect(failedChecks(told)).toEqual([]);
    expect(told.checks[15]!.warnings).toEqual(['ledger/replay_runs.jsonl: its last line was cut off while it was written']);
    appendFileSync(log, '\n');
    const report = await audit(copy);
    expect(failedChecks(report)).toEqual([16]);
    expect(report.checks[15]!.findings[0]).toMatchObject({ where: 'ledger/replay_runs.jsonl:1', expected: 'a replay_run/1 row' });
  });
});

test('a number that moved is told of with its interval, and warns without refusing', async () => {
  const copy = copyWorkspace(harbor.root, harbor.workspace);
  const { openBaselines } = await import('../../../adapters/files/baselines.ts');
  const [last] = (await openBaselines(copy).all()).rows.slice(-1);
  const { seq: _seq, prev_hash: _prev, row_hash: _hash, ...body } = last!;
  const metrics = { ...(body.metrics as Record<string, number>), p2_evidence_rows: 100, p3_accepted: 6, p3_rejected: 5 };
  await openBaselines(copy).append({ ...body, metrics } as never);
  const report = await audit(copy);
  expect(report.verdict).toBe('accepted');
  expect(report.drift).toMatchObject({ severity: 'warn', against: { seq: 4 } });
  const severities = Object.fromEntries(report.drift.metrics.map(({ metric, severity }) => [metric, severity]));
  // From 100 to 4 is no chance; from 6 to 1 and from 5 to 1 is: after 6 the interval begins at 1, after 5 at 0.
  expect(severities).toMatchObject({ p2_evidence_rows: 'warn', p3_accepted: 'ok', p3_rejected: 'ok' });
});

describe('what the program says of itself', () => {
  test('a schema that accepts what it must reject, and one that rejects what is lawful', async () => {
    const [first] = (await import('../../../schemas/fixtures/index.ts')).SCHEMA_FIXTURES;
    const blind = { ...first!, name: 'blind', schema: { safeParse: () => ({ success: true }) } };
    const strict = { ...first!, name: 'strict', accepts: [{}] };
    const report = await audit(copyWorkspace(harbor.root, harbor.workspace), { fixtures: [blind, strict] });
    expect(failedChecks(report)).toEqual([2]);
    expect(report.checks[1]!.findings.map(({ where, expected }) => `${where}: ${expected}`)).toEqual(
      expect.arrayContaining(['blind: to reject an id that is no sha256', 'strict: to accept its lawful fixture']),
    );
  });

  test('no fixtures at all prove nothing', async () => {
    expect(failedChecks(await audit(copyWorkspace(harbor.root, harbor.workspace), { fixtures: [] }))).toEqual([2]);
  });

  test('an invariant that does not hold, by its number and place', async () => {
    const invariant = { number: 14, name: 'zero self-pairs', passed: false, expected: '0', found: '1', where: ['exports/r/preference:3'] };
    const accept = () => Promise.resolve({ passed: 21, total: 22, invariants: [invariant] });
    const report = await audit(copyWorkspace(harbor.root, harbor.workspace), { accept });
    expect(failedChecks(report)).toEqual([15]);
    expect(report.checks[14]!.findings[0]).toEqual({
      where: 'invariant 14, zero self-pairs; exports/r/preference:3',
      expected: '0',
      found: '1',
    });
    expect(report.checks[14]!.remedy).toBe(AUDIT_CHECKS[14]!.remedy);
  });

  test('an acceptance that cannot run is a finding', async () => {
    const accept = () => Promise.reject(new Error('no server could be started'));
    const report = await audit(copyWorkspace(harbor.root, harbor.workspace), { accept });
    expect(report.checks[14]!.findings[0]!.found).toBe('no server could be started');
  });
});
