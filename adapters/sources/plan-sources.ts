import { statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { packShards } from '../../domain/shared/pack-shards.ts';
import type { PlanOptions, SourceRequest } from '../../activities/ports.ts';
import type { Plan, SourcePart, SourceShard } from '../../schemas/plan.ts';
import type { AdapterName } from '../../schemas/vocabulary.ts';
import { sha256, sha256Of } from '../digest.ts';
import { BLOCK_BYTES, cutBlocks } from './cut-blocks.ts';
import { detectFile, type DetectedFile } from './detect.ts';
import { SOURCE_ADAPTERS } from './registry.ts';
import { walkPath } from './walk.ts';

type SourceFile = Extract<DetectedFile, { kind: 'source' }>;

interface NamedSource {
  readonly name: string;
  readonly adapter: AdapterName;
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly files: readonly SourceFile[];
}

/** Files of the requests with what they are; refuses nothing. */
export async function detectSources(requests: readonly SourceRequest[]): Promise<{ request: SourceRequest; files: DetectedFile[] }[]> {
  const found = [];
  for (const request of requests) {
    const chosen = request.adapter === undefined ? undefined : { adapter: request.adapter, options: request.options };
    const files: DetectedFile[] = [];
    for (const path of request.paths) {
      const walked = walkPath(path, request.base);
      for (const file of walked.files) files.push(await detectFile(file, chosen));
      for (const link of walked.ignored)
        files.push({ path: link.file, sourceFile: link.file, name: link.file, explicit: false, kind: 'ignored', reason: link.reason });
    }
    found.push({ request, files });
  }
  return found;
}

/**
 * What a run is going to read: every file with its adapter, cut into shards whose keys name their content.
 * Throws SourceError, before anything is written, when a candidate is of no known format or of two.
 */
export async function planSources(
  requests: readonly SourceRequest[],
  options: PlanOptions,
  throwIfStopped: () => void = () => undefined,
): Promise<Omit<Plan, 'schema' | 'run_id'>> {
  const detected = await detectSources(requests);
  const all = detected.flatMap(({ files }) => files);
  refuseUnknown(all, options.skipUnknown);
  const sources = nameSources(detected);
  if (sources.length === 0)
    throw new SourceError(
      'reading sources: expected at least one file with traces, found none.',
      'Run `lauter sources detect PATH` to see what each file is.',
    );
  const shards: SourceShard[] = [];
  for (const source of sources) shards.push(...(await shardsOf(source, options, throwIfStopped)));
  return {
    sources: sources.map(({ name, adapter, files }) => ({
      name,
      adapter,
      files: files.length,
      bytes: files.reduce((sum, file) => sum + statSync(file.path).size, 0),
    })),
    ignored: all.filter((file) => file.kind !== 'source').map((file) => ({ file: file.sourceFile, reason: file.reason })),
    shards,
  };
}

const MAX_LISTED = 20;

function refuseUnknown(files: readonly DetectedFile[], skipUnknown: boolean): void {
  const unclear = files.filter((file) => file.kind === 'unknown' || file.kind === 'ambiguous');
  const blocking = skipUnknown ? unclear.filter((file) => file.explicit) : unclear;
  if (blocking.length === 0) return;
  const lines = blocking.slice(0, MAX_LISTED).map((file) => `  ${file.sourceFile}: ${file.reason}`);
  const more = blocking.length > MAX_LISTED ? `\n  and ${blocking.length - MAX_LISTED} more` : '';
  throw new SourceError(
    `reading sources: expected files of exactly one known format each, found ${blocking.length} that are not:\n${lines.join('\n')}${more}`,
    'Name the adapter in lauter.config.json (`mapped` reads any JSON by field paths), leave the files out, or pass --skip-unknown to go on without those that were not named explicitly.',
    { files: blocking.length },
  );
}

/** Config sources keep their name; a path from the command line becomes a source for each format found below it. */
function nameSources(detected: readonly { request: SourceRequest; files: readonly DetectedFile[] }[]): NamedSource[] {
  const named: NamedSource[] = [];
  const taken = new Set<string>();
  const seenFiles = new Set<string>();
  for (const { request, files } of detected) {
    const own: SourceFile[] = [];
    for (const file of files) {
      // A file is read once, however many paths lead to it.
      if (file.kind !== 'source' || seenFiles.has(file.path)) continue;
      seenFiles.add(file.path);
      own.push(file);
    }
    const adapters = [...new Set(own.map((file) => file.adapter))].sort();
    for (const adapter of adapters) {
      const stem = request.name ?? stemOf(request);
      const wanted = adapters.length === 1 ? stem : `${stem}/${adapter}`;
      let name = wanted;
      for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
      taken.add(name);
      named.push({ name, adapter, options: request.options, files: own.filter((file) => file.adapter === adapter) });
    }
  }
  return named.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** What a path from the command line is called: its last part that is no pattern, without the endings of trace files. */
function stemOf({ paths, base }: SourceRequest): string {
  const parts = resolve(base, paths[0] ?? '.').split(sep);
  const stem = parts.findLast((part) => part !== '' && !/[*?{]/.test(part))?.replace(/(?:\.(?:jsonl?|traj|eval|gz|zst))+$/i, '');
  return stem === undefined || stem === '' ? 'traces' : stem;
}

async function shardsOf(source: NamedSource, options: PlanOptions, throwIfStopped: () => void): Promise<SourceShard[]> {
  const parts: { part: SourcePart; sizeBytes: number; nameHash: number }[] = [];
  for (const file of [...source.files].sort((left, right) => (left.sourceFile < right.sourceFile ? -1 : 1))) {
    const nameHash = Number.parseInt(sha256(file.sourceFile).slice(0, 8), 16);
    for (const block of await cutBlocks(file, throwIfStopped)) {
      parts.push({ part: partOf(file, block), sizeBytes: block.end - block.start, nameHash });
    }
  }
  return packShards(parts, { maxBytes: BLOCK_BYTES, maxParts: 256 }).map((pack) => {
    const shard = { source: source.name, adapter: source.adapter, options: source.options, parts: pack.map(({ part }) => part) };
    return { key: keyOf(shard, options), ...shard };
  });
}

function partOf(file: SourceFile, block: { start: number; end: number; line: number; isLast: boolean; digest: string }): SourcePart {
  return {
    path: file.path,
    source_file: file.sourceFile,
    layout: file.layout,
    compression: file.compression,
    start: block.start,
    end: block.end,
    line: block.line,
    is_last: block.isLast,
    digest: block.digest,
    file_time: statSync(file.path).mtime.toISOString(),
  };
}

/** The shard's name: all that its rows depend on, except the file times, which are part of no content digest. */
function keyOf(shard: Omit<SourceShard, 'key'>, options: PlanOptions): string {
  const adapterVersion = SOURCE_ADAPTERS[shard.adapter].version;
  const parts = shard.parts.map((part) => [part.source_file, part.layout, part.line, part.is_last, part.digest]);
  return sha256Of(
    'evidence',
    options.pipelineVersion,
    String(options.maxRecordBytes),
    shard.source,
    `${shard.adapter}/${adapterVersion}`,
    canonicalJson(shard.options as JsonValue),
    canonicalJson(parts),
  );
}
