import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AdmittedRow, CategorizedRow, Ports } from '../../activities/ports.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The two words that must never stand in the SFT file. */
const FORBIDDEN = ['rejected', 'needs_human_review'] as const;
type Forbidden = (typeof FORBIDDEN)[number];

const RUN = 'run-1';
const ATTEMPT = { throwIfStopped: () => undefined, report: () => undefined };
const PLACE = {
  source_file: 'desk.jsonl',
  line_offset: 0,
  locator: '{"line":0}',
  sig_hash: 'b'.repeat(64),
  recorded_at: '2026-03-02T06:40:00.000Z',
  recorded_at_from: 'record',
} as const;
const MESSAGES = [
  { role: 'user', content: 'When is low tide?' },
  { role: 'assistant', content: 'At noon.' },
];

/** A row as an exporter without a second firewall would write it. */
function rowOf(category: string): JsonObject {
  const { source_file, line_offset, sig_hash, recorded_at, recorded_at_from } = PLACE;
  return {
    id: 'a'.repeat(64),
    messages: MESSAGES,
    provenance: { source_file, line_offset, sig_hash, recorded_at, recorded_at_from, locator: { line: 0 } },
    quality_score: category,
    split: 'train',
    task_key: 'tide-1',
    tokens: 6,
  };
}

/** Modules that are loaded anew for each test, so that each sees only the firewalls that are switched on. */
const load = async () => ({
  ...(await import('../../activities/index.ts')),
  ...(await import('../../worker/ports.ts')),
  ...(await import('../../domain/export/index.ts')),
  ...(await import('../../schemas/distill-settings.ts')),
});
type Loaded = Awaited<ReturnType<typeof load>>;

function inputOf({ distillSettingsSchema }: Loaded) {
  return {
    run_id: RUN,
    workflow_id: 'distill-test',
    started_at: '2026-03-05T12:00:00.000Z',
    requests: [],
    skip_unknown: false,
    settings: distillSettingsSchema.parse({ formats: ['jsonl'] }),
    config_digest: 'c'.repeat(64),
    code_version: 'test',
    until: 'audit' as const,
    window: 1,
  };
}

/** Ports of an empty workspace whose lake holds one shard of one rejected record. */
function portsOf(loaded: Loaded, category: Forbidden, written: string[] = []): Ports {
  const ports = loaded.createPorts(temporaryFolder(), { threads: 1, memoryMb: 128 });
  const shard = { schema: 'shard/1' as const, kind: 'any', key: 'k1', rows: 1, parts: [], counts: {} };
  const row: CategorizedRow = {
    ...PLACE,
    place: 0,
    id: 'a'.repeat(64),
    source: 'desk',
    adapter: 'openai-chat',
    day: '2026-03-02',
    task_key: 'tide-1',
    task_text: 'When is low tide?',
    messages: JSON.stringify(MESSAGES),
    tools: null,
    artifacts: '[]',
    outcome_state: 'failure',
    outcome_value: 0,
    outcome_from: 'reward',
    signals: '{"human":[],"judges":[],"cancelled":false,"truncated":false,"proxies":{}}',
    model: null,
    origin: 'external',
    generation: 0,
    category,
  };
  const template = JSON.stringify({ ...rowOf(category), provenance: '@provenance', split: '@split' });
  const admitted: AdmittedRow = { ...PLACE, evidence_id: row.id, template, cluster: 'tide-1' };
  const manifest = {
    schema: 'manifest/1' as const,
    kind: 'evidence',
    rows: 1,
    row_digest: '',
    content_digest: '',
    shards: [],
    excluded: null,
  };
  ports.runs.write(RUN, 'plan', { schema: 'plan/1', run_id: RUN, sources: [], ignored: [], shards: [{ key: 'k1' }] });
  ports.runs.write(RUN, 'materialize-version', { manifest: 'm1' });
  return {
    ...ports,
    lake: {
      ...ports.lake,
      find: (kind) => (kind === 'candidates' && written.length === 0 ? undefined : { ...shard, kind }),
      readManifest: () => manifest,
      draft: () => ({ write: (_kind, json) => written.push(json), publish: () => Promise.resolve(shard), close: () => undefined }),
      scanCategorized: () => inOneBatch(row),
      scanAdmitted: () => inOneBatch(admitted),
    },
  };
}

async function* inOneBatch<Row>(row: Row): AsyncIterable<readonly Row[]> {
  yield [row];
}

/** Lets the word into the list from which the schema of SFT rows and the exporter take what quality may be. */
async function switchOffFirst(category: Forbidden): Promise<void> {
  const vocabulary = await vi.importActual<typeof import('../../schemas/vocabulary.ts')>('../../schemas/vocabulary.ts');
  vi.doMock('../../schemas/vocabulary.ts', () => ({ ...vocabulary, SFT_QUALITY: [...vocabulary.SFT_QUALITY, category] }));
}

function switchOffSecond({ SFT_NEVER }: Loaded, category: Forbidden): void {
  (SFT_NEVER as Set<string>).delete(category);
}

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.doUnmock('../../schemas/vocabulary.ts');
});

describe.each(FORBIDDEN)('%s', (category) => {
  test('first firewall: a row that the schema cannot hold is not written, and nothing is published', async () => {
    const loaded = await load();
    switchOffSecond(loaded, category);
    const ports = portsOf(loaded, category, ['a candidate that slipped through']);
    const write = loaded.createDistillWork(ports).writeExportSet({ run: inputOf(loaded), set: 'sft' }, ATTEMPT);
    await expect(write).rejects.toMatchObject({ name: 'FirewallBreach' });
    await expect(write).rejects.toThrow('writing sft: expected a row of the schema, found at quality_score');
    expect(ports.runs.has(RUN, 'written-sft')).toBe(false);
    await expect(ports.output.sha256(ports.output.path(RUN, 'sft/instruction_response.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('second firewall: with the schema switched off, the exporter makes no row of it', async () => {
    await switchOffFirst(category);
    const loaded = await load();
    const candidates: string[] = [];
    const work = loaded.createDistillWork(portsOf(loaded, category, candidates));
    await work.exportShard({ run: inputOf(loaded), index: 0 }, ATTEMPT);
    expect(JSON.parse(candidates[0]!)).toMatchObject({ sft: null, sft_refusal: category });
  });

  test('without the first two such a row is made and written: only then does the third have to hold', async () => {
    await switchOffFirst(category);
    const loaded = await load();
    switchOffSecond(loaded, category);
    const candidates: string[] = [];
    const ports = portsOf(loaded, category, candidates);
    const work = loaded.createDistillWork(ports);
    await work.exportShard({ run: inputOf(loaded), index: 0 }, ATTEMPT);
    expect(JSON.parse(candidates[0]!)).toMatchObject({ sft_refusal: null });
    await work.writeExportSet({ run: inputOf(loaded), set: 'sft' }, ATTEMPT);
    for (const set of ['rag', 'preference', 'quarantine']) ports.runs.write(RUN, `written-${set}`, { files: [] });
    await work.auditExportSet({ run: inputOf(loaded), set: 'sft' }, ATTEMPT);
    const { findings, rows } = ports.runs.read<{ findings: string[]; rows: number }>(RUN, 'audited-sft');
    expect(rows).toBe(1);
    expect(findings).toEqual([
      `sft/instruction_response.jsonl line 1: quality_score: expected accepted or partially_accepted, found "${category}"`,
    ]);
  });
});
