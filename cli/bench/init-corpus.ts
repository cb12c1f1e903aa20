import { verifyCorpus } from '../../activities/bench/verify-corpus.ts';
import { corpusFilesIn, openCorpusFiles } from '../../adapters/bench/corpus-files.ts';
import { replaceFolder } from '../../adapters/bench/replace-folder.ts';
import { writeManifest, writeRows } from '../../adapters/bench/write-corpus.ts';
import { now } from '../../adapters/clock.ts';
import { sha256 } from '../../adapters/digest.ts';
import { writeCorpusParquet } from '../../adapters/lake/bench-parquet.ts';
import { corpusManifest, Sampler, type Sample, type SamplePlan } from '../../domain/bench/index.ts';
import { LakeCorruptError, SourceError, UsageError } from '../../domain/shared/errors.ts';
import type { CorpusManifest } from '../../schemas/bench-corpus.ts';
import type { CorpusInit } from '../../schemas/bench-corpus-reports.ts';
import type { EventSource } from './event-source.ts';
import { corpusFiles, DIGESTS } from './open-bench.ts';

/** A corpus that is to be built. */
export interface CorpusRequest {
  readonly version: string;
  readonly plan: SamplePlan;
  readonly source: EventSource;
  /** Lets it take the place of a corpus of that name. */
  readonly isForced: boolean;
}

/**
 * Builds a frozen corpus beside its place, verifies it, and only then swaps it in; whatever goes wrong, an existing corpus of that name is as it was.
 * UsageError when there is one and it is not to be replaced; SourceError when the source has nothing to sample.
 */
export async function initCorpus(root: string, { version, plan, source, isForced }: CorpusRequest): Promise<CorpusInit> {
  const stored = openCorpusFiles(root, version);
  if (!isForced && stored.has('manifest.json')) throw alreadyThere(version);
  const lostOverlay = await overlaySize(stored);
  const { sample, identity } = await drawSample(source, plan);
  const manifest = await replaceFolder(stored.folder, (folder) => build(folder, version, { sample, plan, identity }));
  return {
    schema: 'bench-corpus-init/1',
    corpus_version: version,
    path: stored.folder,
    event_count: manifest.event_count,
    corpus_content_hash: manifest.corpus_content_hash,
    source_counts: manifest.source_counts,
    dropped_counts: manifest.dropped_counts,
    redaction_counts: manifest.redaction_counts,
    warnings: [
      ...sample.shortages.map(
        ({ source: name, asked, found }) =>
          `source ${name}: expected ${asked} eligible events in the window, found ${found}; all were taken`,
      ),
      ...(lostOverlay === 0 ? [] : [`the ${lostOverlay} adversarial events of the corpus that was replaced were not taken over`]),
    ],
  };
}

async function drawSample(source: EventSource, plan: SamplePlan): Promise<{ sample: Sample; identity: CorpusManifest['source_identity'] }> {
  const sampler = new Sampler(plan, sha256);
  const identity = await source.read((event, place) => {
    const conflict = sampler.add(event, place);
    if (conflict !== undefined) throw twoEvents(place, conflict);
  });
  const sample = sampler.finish();
  if (sample.absent.length > 0) throw absentSources(sample.absent);
  if (sample.rows.length === 0) throw nothingToSample(sample);
  return { sample, identity };
}

async function build(
  folder: string,
  version: string,
  { sample, plan, identity }: { readonly sample: Sample; readonly plan: SamplePlan; readonly identity: CorpusManifest['source_identity'] },
): Promise<CorpusManifest> {
  const staged = corpusFilesIn(folder, version);
  const lines = writeRows(staged, 'corpus.jsonl', sample.rows);
  const parquetRows = await writeCorpusParquet(staged.path('corpus.jsonl'), staged.path('corpus.parquet'), lines.longestBytes);
  const overlay = writeRows(staged, 'overlay.jsonl', []);
  const fileHashes = { 'corpus.parquet': staged.fileHash('corpus.parquet'), 'overlay.jsonl': overlay.sha256 };
  const facts = { corpusVersion: version, generatedAt: now(), source: identity, jsonlSha256: lines.sha256, fileHashes, parquetRows };
  const manifest = corpusManifest(sample, plan, facts, sha256);
  writeManifest(staged, manifest);
  const { mismatches } = await verifyCorpus(corpusFiles(staged), DIGESTS);
  const [first] = mismatches;
  if (first !== undefined) throw notAsBuilt(version, mismatches.length, first);
  return manifest;
}

async function overlaySize(stored: ReturnType<typeof openCorpusFiles>): Promise<number> {
  if (!stored.has('overlay.jsonl')) return 0;
  let rows = 0;
  for await (const { ok } of stored.lines('overlay.jsonl')) rows += Number(ok);
  return rows;
}

function alreadyThere(version: string): UsageError {
  return new UsageError(
    `building the corpus ${version}: expected no corpus of that name, found one.`,
    'Name another one with --corpus-version, or replace it with --force.',
  );
}

function twoEvents(place: string, { eventId, first }: { readonly eventId: string; readonly first: string }): SourceError {
  return new SourceError(
    `reading events from ${place}: expected one event of the id ${JSON.stringify(eventId)}, found another one at ${first}.`,
    'Give every event an id of its own, or leave one of the two out.',
  );
}

function absentSources(absent: readonly string[]): SourceError {
  return new SourceError(
    `sampling the sources of --min: expected events of ${absent.join(', ')}, found none at all.`,
    'Correct the name, or name a source of events that has them with --from.',
  );
}

function nothingToSample({ dropped }: Sample): SourceError {
  const reasons = Object.entries(dropped).map(([reason, count]) => `${reason} ${count}`);
  return new SourceError(
    `sampling events: expected at least one eligible event in the window, found none (dropped: ${reasons.join(', ') || 'none'}).`,
    'Move the window with --now and --corpus-days, or name another source with --from.',
  );
}

function notAsBuilt(
  version: string,
  count: number,
  { file, expected, found }: { readonly file: string; readonly expected: string; readonly found: string },
): LakeCorruptError {
  return new LakeCorruptError(
    `verifying the corpus ${version} before it takes its place, on ${file}: expected ${expected}, found ${found} (${count} mismatches).`,
    'Run the same command again; what was there before is untouched.',
  );
}
