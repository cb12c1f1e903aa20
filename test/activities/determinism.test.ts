import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DriftReport } from '../../schemas/drift-report.ts';
import type { StageReceipt } from '../../schemas/stage-receipt.ts';
import { STAGES } from '../../schemas/vocabulary.ts';
import { ATTEMPT } from './test-run.ts';
import { HARBOUR } from './traces.ts';

/** Modules that are loaded anew for each test, so that each sees the version that it stated. */
const load = () => import('./test-run.ts');
type Loaded = Awaited<ReturnType<typeof load>>;
type Run = ReturnType<Loaded['makeTestRun']>;

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.doUnmock('../../domain/score/index.ts');
});

/** The rules as they are, under the name of other ones. */
async function renameRules(version: string): Promise<void> {
  const score = await vi.importActual<typeof import('../../domain/score/index.ts')>('../../domain/score/index.ts');
  vi.doMock('../../domain/score/index.ts', () => ({ ...score, SCORER_VERSION: version }));
}

/** A later run over the traces and the workspace of another one, with the modules that are loaded now. */
async function refineAgain({ root, input }: Run, change: Partial<Run['input']> = {}): Promise<Run> {
  const { openTestRun, doStages } = await load();
  const run = openTestRun(root, { ...input, run_id: 'run-2', ...change });
  await doStages(run);
  await run.work.finishRun(run.input, ATTEMPT);
  return run;
}

async function refineFirst(traces: Readonly<Record<string, string | Uint8Array>> = HARBOUR): Promise<Run> {
  const { makeTestRun, doStages } = await load();
  const run = makeTestRun({ traces });
  await doStages(run);
  await run.work.finishRun(run.input, ATTEMPT);
  return run;
}

function digestsOf({ ports, input }: Run): Record<string, string> {
  const receipts = STAGES.map((stage) => ports.runs.read<StageReceipt>(input.run_id, `${stage}-receipt`));
  return Object.fromEntries(receipts.map(({ stage, digest }) => [stage, digest]));
}

function driftOf({ workspace, input }: Run): DriftReport {
  return JSON.parse(readFileSync(join(workspace, 'reports', input.run_id, 'drift.json'), 'utf8')) as DriftReport;
}

describe('another version of the score rules', () => {
  test('scores every shard anew, gives other digests, and drift says why', async () => {
    const before = await refineFirst();
    await renameRules('score/9');
    const after = await refineAgain(before);
    const [old, fresh] = [digestsOf(before), digestsOf(after)];
    expect(fresh['materialize']).toBe(old['materialize']);
    expect(fresh['score']).not.toBe(old['score']);
    expect(after.ports.runs.read<StageReceipt>('run-2', 'score-receipt')).toMatchObject({
      versions: { scorer: 'score/9' },
      counts: { shards: 1, shards_reused: 0 },
    });
    // The rules decide as before, so nothing but their name moved: no alarm, and the reason for the other digest.
    expect(driftOf(after)).toMatchObject({ severity: 'ok', against: 'run-1', reason: 'a rule or adapter version changed' });
  });

  test('is not the reason when nothing changed, and then every digest stays', async () => {
    const before = await refineFirst();
    const after = await refineAgain(before);
    expect(digestsOf(after)).toEqual(digestsOf(before));
    expect(driftOf(after)).toMatchObject({ severity: 'ok', reason: 'same input, config, code and rules; same result' });
  });

  test('that was forgotten is an alert: the same versions, another result', async () => {
    const before = await refineFirst();
    const score = await vi.importActual<typeof import('../../domain/score/index.ts')>('../../domain/score/index.ts');
    // Rules that changed their mind under the old name, over a lake whose shards are made anew.
    vi.doMock('../../domain/score/index.ts', () => ({
      ...score,
      scoreEvidence: (...given: Parameters<typeof score.scoreEvidence>) => ({ ...score.scoreEvidence(...given), category: 'rejected' }),
    }));
    const { openTestRun, doStages } = await load();
    const run = openTestRun(before.root, { ...before.input, run_id: 'run-2' });
    const lake = { ...run.ports.lake, find: (kind: string, key: string) => hideOldScores(run, kind, key) };
    const { createDistillWork } = await import('../../activities/index.ts');
    const anew = { ...run, work: createDistillWork({ ...run.ports, lake }) };
    await doStages(anew);
    expect(driftOf(anew)).toMatchObject({
      severity: 'alert',
      reason: expect.stringMatching(/^score gave another result from the same input/),
    });
  });
});

/** The lake without the scores that the first run made, and without what was made of them. */
function hideOldScores({ ports }: Run, kind: string, key: string) {
  const found = ports.lake.find(kind as 'scored', key);
  return found !== undefined && kind !== 'evidence' && kind !== 'refused' && found.counts.made_in === 'run-1' ? undefined : found;
}

describe('the same records', () => {
  const lines = [...HARBOUR['day.jsonl'].split('\n').slice(0, -1), ...HARBOUR['night.jsonl'].trimEnd().split('\n')];
  const file = (of: readonly string[]): string => of.map((line) => `${line}\n`).join('');

  test.each<[string, Readonly<Record<string, string | Uint8Array>>]>([
    ['in one file', { 'desk.jsonl': file(lines) }],
    ['in a file for each', Object.fromEntries(lines.map((line, index) => [`desk-${index}.jsonl`, file([line])]))],
    ['in another order', { 'desk.jsonl': file(lines.toReversed()) }],
    ['packed', { 'desk.jsonl.gz': gzipSync(file(lines)) }],
    [
      'packed, in two files and another order',
      { 'a.jsonl.gz': gzipSync(file(lines.slice(5).toReversed())), 'b.jsonl': file(lines.slice(0, 5)) },
    ],
  ])('%s give the same digests of every dataset', async (_, traces) => {
    const usual = await refineFirst({ 'day.jsonl': file(lines.slice(0, 7)), 'night.jsonl': file(lines.slice(7)) });
    const { materialize, score, export: exported } = digestsOf(await refineFirst(traces));
    expect({ materialize, score, exported }).toEqual({
      materialize: digestsOf(usual)['materialize'],
      score: digestsOf(usual)['score'],
      exported: digestsOf(usual)['export'],
    });
  });
});
