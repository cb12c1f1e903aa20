import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sampleFile } from '../../../adapters/sources/file-sample.ts';
import { SOURCE_ADAPTERS } from '../../../adapters/sources/registry.ts';
import type { Layout } from '../../../adapters/sources/source-adapter.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { ADAPTERS, type AdapterName } from '../../../schemas/vocabulary.ts';

/** A valid file of one format: what malformed ones are made of. */
export interface SeedFile {
  readonly adapter: AdapterName;
  /** Path relative to the folder of its source. */
  readonly name: string;
  readonly layout: Layout;
  readonly bytes: Uint8Array;
  /** True for a zip, of which only the bytes can be changed. */
  readonly isArchive: boolean;
  readonly options: Readonly<Record<string, JsonValue>>;
}

const FIXTURES = join(import.meta.dirname, '../../adapters/sources/fixtures');
const SAMPLES = join(import.meta.dirname, '../../../data/samples');

/** Samples of the shape that real traces have, where they are more than the fixtures show; no more than the first of each folder. */
const SAMPLE_FOLDERS: Readonly<Partial<Record<AdapterName, readonly string[]>>> = {
  'openai-chat': ['support-desk', 'night-line'],
  'claude-code': ['dev-sessions'],
  'swe-agent': ['repair-runs'],
  'aider-bench': ['site-patches'],
  intercode: ['fleet-shell'],
  reflexion: ['function-drills'],
  'review-comments': ['code-review'],
};

const MAPPED_OPTIONS: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  'letters.jsonl': {
    fields: {
      prompt: 'dialogue.0.text',
      response: '/dialogue/1/text',
      id: '/ref/no',
      created_at: 'ref.at',
      model: '/tags/a~1b',
      label: 'verdict?',
      reward: '/score?',
    },
    label_map: { good: 'accepted', poor: 'rejected' },
  },
  'transcripts.json': { layout: 'elements', fields: { messages: 'talk.turns', system: 'talk.setting?', passed: 'ok' } },
};

/** Enough for a few records; a larger one costs time and shows nothing new. */
const MOST_BYTES = 40 << 10;

/** The seed files of every format, companions left out. */
export async function readSeeds(): Promise<ReadonlyMap<AdapterName, readonly SeedFile[]>> {
  const seeds = new Map<AdapterName, SeedFile[]>();
  for (const adapter of ADAPTERS) {
    const files = [
      ...filesBelow(join(FIXTURES, adapter)),
      ...(SAMPLE_FOLDERS[adapter] ?? []).flatMap((folder) => filesBelow(join(SAMPLES, folder)).slice(0, 2)),
    ];
    const own: SeedFile[] = [];
    for (const { path, name } of files) {
      const seed = await readSeed(adapter, path, name);
      if (seed !== undefined) own.push(seed);
    }
    if (own.length === 0) throw new Error(`collecting seed files: expected at least one of ${adapter}, found none.`);
    seeds.set(adapter, own);
  }
  return seeds;
}

async function readSeed(adapter: AdapterName, path: string, name: string): Promise<SeedFile | undefined> {
  if (statSync(path).size > MOST_BYTES) return undefined;
  const options = adapter === 'mapped' ? (MAPPED_OPTIONS[name] ?? {}) : {};
  const { sample } = await sampleFile(path, name);
  const layout =
    adapter === 'mapped' ? ((options.layout as Layout | undefined) ?? 'lines') : SOURCE_ADAPTERS[adapter].detect(sample)?.layout;
  if (layout === undefined || layout === 'companion') return undefined;
  return { adapter, name, layout, bytes: readFileSync(path), isArchive: sample.archive !== undefined, options };
}

function filesBelow(folder: string): { path: string; name: string }[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith('.md'),
  );
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, name: path.slice(folder.length + 1) }));
}
