import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CategorizedRow, NewShard, Ports, ShardDraft } from '../../activities/ports.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { ShardEntry } from '../../schemas/manifest.ts';
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
    config_base: '.',
    code_version: 'test',
    until: 'audit' as const,
    window: 1,
  };
}

/** What exporting a shard left: lines by kind, and the shards that were published. */
interface Left {
  readonly lines: { readonly kind: string; readonly json: string }[];
  readonly published: NewShard[];
}

/** Ports of an empty workspace whose lake holds one shard of one record of that category. */
function portsOf(loaded: Loaded, category: Forbidden, left: Left = { lines: [], published: [] }): Ports {
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
      find: (kind) => {
        const isThere = kind === 'evidence' || kind === 'scored' || left.published.length > 0;
        return isThere ? { ...shard, kind, ...(kind === 'decisions' ? { counts: { sft: DECIDED } } : {}) } : undefined;
      },
      readManifest: () => manifest,
      draft: () => draftOf(left, shard),
      scanCategorized: () => inOneBatch(row),
      admittedLines: (_version, _set, { mark, of }) => inOneBlock(textOf(left).replace(mark, of.train)),
    },
  };
}

const DECIDED = { rows: 1, content_digest: '', splits: { train: 1 } };

function draftOf(left: Left, shard: ShardEntry): ShardDraft {
  return {
    write: (kind, json) => void left.lines.push({ kind, json }),
    publish: (shards) => {
      left.published.push(...shards);
      return Promise.resolve(shards.map(() => shard));
    },
    close: () => undefined,
  };
}

/** The row that was made for the SFT file. */
const textOf = (left: Left): string => left.lines.find(({ kind }) => kind === 'sft_texts')!.json;
const candidateOf = (left: Left): JsonObject => JSON.parse(left.lines.find(({ kind }) => kind === 'candidates')!.json) as JsonObject;

async function* inOneBlock(line: string) {
  yield { bytes: Buffer.from(`${line}\n`), rows: 1, longestBytes: line.length };
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
  vi.doUnmock('../../schemas/export-rows.ts');
});

describe.each(FORBIDDEN)('%s', (category) => {
  test('first firewall: no row is made that the schema cannot hold, and nothing is published', async () => {
    // The list that the exporter takes its words from lets the word in, and so does the second firewall: only the schema does not.
    const vocabulary = await vi.importActual<typeof import('../../schemas/vocabulary.ts')>('../../schemas/vocabulary.ts');
    const { sftRowSchema } = await vi.importActual<typeof import('../../schemas/export-rows.ts')>('../../schemas/export-rows.ts');
    vi.doMock('../../schemas/vocabulary.ts', () => ({ ...vocabulary, SFT_QUALITY: [...vocabulary.SFT_QUALITY, category] }));
    vi.doMock('../../schemas/export-rows.ts', async (original) => ({ ...(await original<object>()), sftRowSchema }));
    const loaded = await load();
    switchOffSecond(loaded, category);
    const left: Left = { lines: [], published: [] };
    const work = loaded.createDistillWork(portsOf(loaded, category, left)).exportShard({ run: inputOf(loaded), index: 0 }, ATTEMPT);
    await expect(work).rejects.toMatchObject({ name: 'FirewallBreach' });
    await expect(work).rejects.toThrow(`making a row of sft: expected a quality_score that the schema allows, found "${category}"`);
    expect(left.published).toEqual([]);
  });

  test('second firewall: with the schema switched off, the exporter makes no row of it', async () => {
    await switchOffFirst(category);
    const loaded = await load();
    const left: Left = { lines: [], published: [] };
    await loaded.createDistillWork(portsOf(loaded, category, left)).exportShard({ run: inputOf(loaded), index: 0 }, ATTEMPT);
    expect(candidateOf(left)).toMatchObject({ sft_refusal: category });
    expect(left.lines.map(({ kind }) => kind)).not.toContain('sft_texts');
  });

  test('without the first two such a row is made and written: only then does the third have to hold', async () => {
    await switchOffFirst(category);
    const loaded = await load();
    switchOffSecond(loaded, category);
    const left: Left = { lines: [], published: [] };
    const ports = portsOf(loaded, category, left);
    const work = loaded.createDistillWork(ports);
    await work.exportShard({ run: inputOf(loaded), index: 0 }, ATTEMPT);
    expect(candidateOf(left)).toMatchObject({ sft_refusal: null });
    expect(JSON.parse(textOf(left))).toMatchObject({ quality_score: category });
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
