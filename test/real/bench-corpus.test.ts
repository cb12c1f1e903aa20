import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import type { CorpusInit, CorpusVerification } from '../../schemas/bench-corpus-reports.ts';
import type { CorpusRow } from '../../schemas/bench-corpus.ts';
import { jsonLines } from '../support/bench-workspace.ts';
import { refine } from '../support/refine.ts';
import { runCli } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';
import { DATA, isPresent, readData } from './real-data.ts';

const FOLDERS = ['trace-claude-code', 'trace-tau-bench'];
/** The files of tau-bench say no time, so their records have that of the file; a window of a century holds them all. */
const WINDOW = ['--now', '2090-01-01T00:00:00Z', '--corpus-days', '36500', '--corpus-buckets', '100'];

describe.skipIf(!isPresent)('a corpus of real sessions', () => {
  let root = '';
  beforeAll(async () => {
    root = makeFolder();
    await refine(root, FOLDERS, DATA);
  });
  afterAll(() => removeFolder(root));

  function bench(...args: readonly string[]) {
    return runCli(['bench', ...args, '--workspace', root, '--json'], root);
  }

  async function init(version: string, ...more: readonly string[]): Promise<CorpusInit> {
    const { code, out, err } = await bench('corpus', 'init', '--corpus-version', version, '--from', 'lake', ...WINDOW, ...more);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out) as CorpusInit;
  }

  it('takes as many as were asked for, and says that every session with fewer than three messages and no call is none', async () => {
    const built = await init('sessions', '--min', 'claude=100');
    expect(built).toMatchObject({ event_count: 100, source_counts: { claude: 100 }, warnings: [] });
    const payloads = jsonLines<CorpusRow>(join(built.path, 'corpus.jsonl')).map((row) => JSON.parse(row.redacted_content) as Payload);
    for (const payload of payloads) {
      expect(Object.keys(payload)).toEqual(['message_count', 'session_id', 'summary_text', 'tool_calls_json', 'user_prompts_json']);
      expect(payload.message_count >= 3 || payload.tool_calls_json !== '[]').toBe(true);
    }
  });

  it('verifies, and holds nothing that a detector of secrets finds', async () => {
    const { path } = await init('checked', '--min', 'claude=150');
    const { code, out } = await bench('corpus', 'verify', '--corpus-version', 'checked');
    expect(code).toBe(0);
    expect((JSON.parse(out) as CorpusVerification).event_count).toBe(150);
    const redactor = createRedactor(SECRET_FAMILIES);
    for (const { redacted_content: content } of jsonLines<CorpusRow>(join(path, 'corpus.jsonl'))) {
      for (const text of Object.values(JSON.parse(content) as Payload)) if (typeof text === 'string') redactor.redact(text);
    }
    expect(redactor.counts).toEqual({});
  });

  it('is the same when it is built twice', async () => {
    const [first, again] = [await init('first', '--min', 'claude=60'), await init('again', '--min', 'claude=60')];
    expect(again.corpus_content_hash).toBe(first.corpus_content_hash);
  });

  it('holds every run of tau-bench that says enough when all are asked for', async () => {
    const runs = readData<{ traj: { role: string; tool_calls?: unknown[] | null }[] }[]>(TAU).filter(
      ({ traj }) => traj.length >= 3 || traj.some(({ tool_calls: calls }) => (calls ?? []).length > 0),
    );
    const { code, out } = await bench('corpus', 'init', '--corpus-version', 'all', '--from', 'lake', ...WINDOW, '--min', 'claude=1000');
    expect(code).toBe(0);
    const built = JSON.parse(out) as CorpusInit;
    expect(built.warnings).toHaveLength(1);
    expect(built.event_count).toBeGreaterThanOrEqual(runs.length);
    expect(built.event_count + (built.dropped_counts.ineligible ?? 0)).toBe(runs.length + SESSIONS);
  });

  it('begins a fixture whose goldens all resolve', async () => {
    await init('asked', '--min', 'claude=100');
    expect((await bench('qa', 'draft', '--corpus-version', 'asked', '--count', '100', '--qa', 'eval-sessions')).code).toBe(0);
    const { code, out } = await bench('qa', 'validate', '--qa', 'eval-sessions', '--corpus-version', 'asked');
    // Only the questions are missing.
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ scoreable: 100, detail: '100 rows have no question' });
  });
});

interface Payload {
  readonly message_count: number;
  readonly tool_calls_json: string;
}

const TAU = 'trace-tau-bench/gpt-4o-airline.json';
/** Eleven files of lines, one of which forks in two, and one export. */
const SESSIONS = 13;
