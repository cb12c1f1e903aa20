import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Embedder } from '../../activities/search-ports.ts';
import { cacheVectors } from '../../adapters/embedder/cached-embedder.ts';
import { openOnnxEmbedder } from '../../adapters/embedder/onnx-embedder.ts';
import { onnxPartFolder } from '../../adapters/embedder/onnx-part.ts';
import { compileModelProgram } from '../support/onnx-part.ts';
import { hasBodies, readBodies, type BodyName } from './ranking/bodies.ts';
import { openEngine, rankBodies, type Arm } from './ranking/rank-bodies.ts';
import { SPLITS, type Split } from './ranking/splits.ts';
import { compareOn, tellFamily, type Row } from './ranking/tell-comparisons.ts';
import { payNothing } from '../support/spending.ts';

/** Folder with model.onnx and tokenizer.json of a sentence encoder; without one, words alone are measured. */
const MODEL = process.env.LAUTER_BENCH_MODEL ?? '';
/** Folder in which the vectors of passages stay from one measurement to the next. */
const CACHE = process.env.LAUTER_BENCH_CACHE;
/** With it the long data sets are measured with vectors, too. */
const isSlow = process.env.LAUTER_BENCH_SLOW === '1';
/** Only these data sets. */
const ONLY = process.env.LAUTER_BENCH_SETS?.split(',');

const LONG: readonly BodyName[] = ['oracle', 'dev50'];

const WORDS: readonly Arm[] = [
  { name: 'bm25', how: { strategy: 'keyword', knobs: { lexical: 'bm25' } } },
  { name: 'fielded', how: { strategy: 'keyword', knobs: { lexical: 'fielded' } } },
];
const MEANING: readonly Arm[] = [
  { name: 'keyword', how: { strategy: 'keyword', knobs: { lexical: 'fielded' } } },
  { name: 'vector', how: { strategy: 'vector' } },
  { name: 'rrf', how: { strategy: 'hybrid', knobs: { lexical: 'fielded', fusion: 'rrf' } } },
  { name: 'blend', how: { strategy: 'hybrid', knobs: { lexical: 'fielded', fusion: 'blend' } } },
];

async function measure(scratch: string): Promise<void> {
  const all = [...new Set(SPLITS.map(({ body }) => body))];
  say(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}; seed 42, 10,000 resamples, rankings 1,000 deep`);
  say('\nwords: the reference bm25 (A) and the better ranking fielded (B), --strategy keyword');
  await tell(scratch, all, WORDS, [['bm25', 'fielded']], null);
  const embedder = await openModel(scratch);
  if (typeof embedder === 'string') return say(`\nvectors not measured: ${embedder}`);
  try {
    say(`\nvectors of ${embedder.id}; words are ranked by fielded`);
    const bodies = all.filter((body) => isSlow || !LONG.includes(body));
    const pairs = [...['vector', 'rrf', 'blend'].map((arm) => ['keyword', arm] as const), ['rrf', 'blend'] as const];
    await tell(scratch, bodies, MEANING, pairs, embedder);
  } finally {
    await embedder.close();
  }
}

/**
 * Questions that constants were chosen by apart from the others, which alone say how good the choice is. Data sets that are left out count in their
 * family all the same: whoever looks at one alone has not made a difference any surer.
 */
async function tell(
  scratch: string,
  bodies: readonly BodyName[],
  arms: readonly Arm[],
  pairs: readonly (readonly [string, string])[],
  embedder: Embedder | null,
): Promise<void> {
  const rows = new Map<Split, Row[]>();
  const engine = openEngine(embedder);
  for (const body of bodies.filter((one) => ONLY === undefined || ONLY.includes(one))) {
    const ranked = await rankBodies(engine, readBodies(body, scratch), arms);
    for (const split of SPLITS.filter((one) => one.body === body)) rows.set(split, compareOn(split, ranked, pairs));
  }
  for (const isHeldOut of [true, false]) {
    const splits = SPLITS.filter((split) => split.isHeldOut === isHeldOut && bodies.includes(split.body));
    const measured = splits.flatMap((split) => rows.get(split) ?? []);
    const family = splits.reduce((size, { measures }) => size + measures.length * pairs.length, 0);
    const title = isHeldOut ? 'held out' : 'constants were chosen by these';
    if (measured.length > 0) say(`\n${title}: ${measured.length} of ${family} comparisons of one family\n${tellFamily(measured, family)}`);
  }
}

/** The model with its vectors kept, or why there is none. */
async function openModel(scratch: string): Promise<Embedder | string> {
  if (!['model.onnx', 'tokenizer.json'].every((file) => existsSync(join(MODEL, file)))) {
    return 'LAUTER_BENCH_MODEL names no folder with model.onnx and tokenizer.json';
  }
  if (!existsSync(onnxPartFolder(process.env))) return 'the optional part is not installed (lauter search embedder add)';
  const settings = { kind: 'onnx', folder: MODEL, max_tokens: 256, query_prefix: '', passage_prefix: '' } as const;
  const place = { env: process.env, base: process.cwd(), rules: { allowRemote: false, allowedHosts: [] }, pay: payNothing };
  return cacheVectors(await openOnnxEmbedder('bench', settings, place, compileModelProgram(scratch)), CACHE ?? join(scratch, 'vectors'));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (hasBodies()) {
  const scratch = mkdtempSync(join(tmpdir(), 'lauter-ranking-'));
  try {
    await measure(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
} else say('skipped: real data not present');
