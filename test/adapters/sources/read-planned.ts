import { join } from 'node:path';
import type { ReadRecord, SourceRequest } from '../../../activities/ports.ts';
import { planSources } from '../../../adapters/sources/plan-sources.ts';
import { readPart } from '../../../adapters/sources/read-part.ts';
import { SOURCE_ADAPTERS } from '../../../adapters/sources/registry.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { SourcePart, SourceShard } from '../../../schemas/plan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export interface ReadOptions {
  /** Name of the file; its ending decides nothing. */
  readonly name?: string;
  /** The format, where it is not to be told by content. */
  readonly adapter?: NonNullable<SourceRequest['adapter']>;
  readonly options?: JsonObject;
  readonly maxRecordBytes?: number;
}

/** A file as the source of a run: written to a folder and planned. */
export async function planFile(
  content: string | Uint8Array,
  read: ReadOptions = {},
): Promise<{ path: string; shards: readonly SourceShard[] }> {
  const name = read.name ?? 'traces.jsonl';
  const base = temporaryFolder({ [name]: content });
  const request = { paths: [name], base, options: read.options ?? {}, ...(read.adapter === undefined ? {} : { adapter: read.adapter }) };
  const plan = await planSources([request], { skipUnknown: false, maxRecordBytes: maxBytesOf(read), pipelineVersion: 'test' });
  return { path: join(base, name), shards: plan.shards };
}

/** All records of a planned part. */
export async function readAll(part: SourcePart, read: ReadOptions = {}): Promise<ReadRecord[]> {
  const records: ReadRecord[] = [];
  for await (const batch of readPart(part, maxBytesOf(read))) records.push(...batch);
  return records;
}

/** What a file comes to, record by record: `accepted`, or the word of its fault. */
export async function resultsOf(content: string | Uint8Array, read: ReadOptions = {}): Promise<string[]> {
  const results: string[] = [];
  for (const shard of (await planFile(content, read)).shards) {
    for (const part of shard.parts) {
      for (const record of await readAll(part, read)) {
        if ('fault' in record) results.push(record.fault);
        else {
          const drafts = SOURCE_ADAPTERS[shard.adapter].normalize(record, { path: part.source_file, options: shard.options as JsonObject });
          results.push(...drafts.map((draft) => ('refused' in draft ? draft.refused : 'accepted')));
        }
      }
    }
  }
  return results;
}

function maxBytesOf({ maxRecordBytes }: ReadOptions): number {
  return maxRecordBytes ?? 1 << 20;
}
