import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DriftReport } from '../../schemas/drift-report.ts';
import type { StageReceipt } from '../../schemas/stage-receipt.ts';
import { STAGES } from '../../schemas/vocabulary.ts';
import { makeFolder, removeFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { ATTEMPT } from './test-run.ts';
import { HARBOUR } from './traces.ts';

/** Modules that are loaded anew after {@link changeRules}, so that a run sees the rules that its test stated. */
const load = () => import('./test-run.ts');
type Loaded = Awaited<ReturnType<typeof load>>;
type Traces = Readonly<Record<string, string | Uint8Array>>;
type Run = ReturnType<Loaded['makeTestRun']>;

afterEach(() => {
  vi.doUnmock('../../domain/score/index.ts');
  vi.resetModules();
});

type ScoreModule = typeof import('../../domain/score/index.ts');

/** From the next {@link load} on, the rules are as told. */
async function changeRules(
  change: (score: ScoreModule) => Partial<Omit<ScoreModule, 'SCORER_VERSION'>> & { SCORER_VERSION?: string },
): Promise<void> {
  const score = await vi.importActual<ScoreModule>('../../domain/score/index.ts');
  vi.resetModules();
  vi.doMock('../../domain/score/index.ts', () => ({ ...score, ...change(score) }));
}

/** A later run over the traces and the workspace of another one, with the modules that are loaded now. */
async function refineAgain({ root, input }: Run, change: Partial<Run['input']> = {}): Promise<Run> {
  const { openTestRun, doStages } = await load();
  const run = openTestRun(root, { ...input, run_id: 'run-2', ...change });
  await doStages(run);
  await run.work.finishRun(run.input, ATTEMPT);
  return run;
}

async function refineFirst(traces: Traces = HARBOUR, root = temporaryFolder()): Promise<Run> {
  const { makeTestRun, doStages } = await load();
  const run = makeTestRun({ traces, root });
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
    await changeRules(() => ({ SCORER_VERSION: 'score/9' }));
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
    await changeRules(({ scoreEvidence }) => ({
      scoreEvidence: (...given) => {
        const scored = scoreEvidence(...given);
        return scored.category === 'rejected' ? { ...scored, category: 'needs_human_review' } : scored;
      },
    }));
    // Shards made under the old mind would be reused: they bear the same version.
    rmSync(join(before.workspace, 'lake', 'entries'), { recursive: true });
    expect(driftOf(await refineAgain(before))).toMatchObject({
      severity: 'alert',
      reason: 'score gave another result from the same input, config, code and rules',
    });
  });
});

describe('the same records', () => {
  const lines = [...HARBOUR['day.jsonl'].split('\n').slice(0, -1), ...HARBOUR['night.jsonl'].trimEnd().split('\n')];
  const file = (of: readonly string[]): string => of.map((line) => `${line}\n`).join('');

  const root = makeFolder();
  let usual: Record<string, string>;
  beforeAll(async () => {
    usual = digestsOf(await refineFirst({ 'day.jsonl': file(lines.slice(0, 7)), 'night.jsonl': file(lines.slice(7)) }, root));
  });
  afterAll(() => removeFolder(root));

  test.each<[string, Traces]>([
    ['in one file', { 'desk.jsonl': file(lines) }],
    [
      'in a file for each, but for the broken one',
      Object.fromEntries(oneByOne(lines).map((own, index) => [`desk-${index}.jsonl`, file(own)])),
    ],
    ['in another order', { 'desk.jsonl': file(lines.toReversed()) }],
    ['packed', { 'desk.jsonl.gz': gzipSync(file(lines)) }],
    [
      'packed, in two files and another order',
      { 'a.jsonl.gz': gzipSync(file(lines.slice(5).toReversed())), 'b.jsonl': file(lines.slice(0, 5)) },
    ],
  ])('%s give the same digests of every dataset', async (_, traces) => {
    expect(digestsOf(await refineFirst(traces))).toEqual(usual);
  });

  test('without one of them give others', async () => {
    const short = digestsOf(await refineFirst({ 'desk.jsonl': file(lines.slice(0, -1)) }));
    for (const stage of ['materialize', 'score', 'export']) expect(short[stage]).not.toBe(usual[stage]);
  });
});

/** A broken line alone in a file would be no trace at all, so it stays with the line before it. */
function oneByOne(lines: readonly string[]): string[][] {
  const isBroken = (line: string | undefined): boolean => line === '{"messages":[}';
  return lines.flatMap((line, index) => (isBroken(line) ? [] : [isBroken(lines[index + 1]) ? [line, lines[index + 1]!] : [line]]));
}
