import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TextKind } from '../../activities/ports.ts';
import type { ShardEntry } from '../../schemas/manifest.ts';
import { makeScratch } from '../scratch.ts';
import { openDatabase, type Database, type DatabaseLimits } from './database.ts';
import type { KindName } from './kinds.ts';
import type { LakeLayout } from './layout.ts';
import { RowFiles } from './row-files.ts';
import { publishShards, type PreparedShard } from './publish-shards.ts';
import { prepareShard, type ShardRequest } from './shard.ts';
import { isTextKind, prepareTexts } from './texts.ts';

/** A database with a scratch folder of its own; both are gone after `work`. */
export async function withDatabase<Result>(
  layout: LakeLayout,
  limits: Omit<DatabaseLimits, 'tempDir'>,
  work: (database: Database, scratch: string) => Promise<Result>,
): Promise<Result> {
  const scratch = makeScratch(layout.scratch);
  try {
    const database = await openDatabase({ ...limits, tempDir: join(scratch, 'spill') });
    try {
      return await work(database, scratch);
    } finally {
      database.close();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Shards while they are being made: rows go to files in a scratch folder, and nothing exists until it is published. */
export class ShardDraft {
  readonly #layout: LakeLayout;
  readonly #limits: Omit<DatabaseLimits, 'tempDir'>;
  readonly #scratch: string;
  #database: Database | undefined;
  readonly #files = new Map<KindName | TextKind, RowFiles>();

  constructor(layout: LakeLayout, limits: Omit<DatabaseLimits, 'tempDir'>) {
    this.#layout = layout;
    this.#limits = limits;
    this.#scratch = makeScratch(layout.scratch);
  }

  /** `day` is the row's UTC day, for kinds that are laid out by day. */
  write(kind: KindName | TextKind, json: string, day?: string): void {
    let files = this.#files.get(kind);
    if (files === undefined) {
      files = new RowFiles(this.#scratch, kind);
      this.#files.set(kind, files);
    }
    files.write(json, day);
  }

  /** Makes shards exist: the first of them first, the last only when all others do. */
  async publish(requests: readonly ShardRequest<KindName | TextKind>[]): Promise<ShardEntry[]> {
    const prepared: PreparedShard[] = [];
    for (const request of requests) prepared.push(await this.#prepare(request));
    return publishShards(this.#layout, prepared);
  }

  async #prepare({ kind, key, counts }: ShardRequest<KindName | TextKind>): Promise<PreparedShard> {
    const files = this.#files.get(kind)?.close() ?? [];
    this.#files.delete(kind);
    if (isTextKind(kind)) return prepareTexts(this.#layout, { kind, key, counts }, files);
    this.#database ??= await openDatabase({ ...this.#limits, threads: 1, tempDir: join(this.#scratch, 'spill') });
    return prepareShard(this.#layout, this.#database, { kind, key, counts }, files, this.#scratch);
  }

  close(): void {
    this.#database?.close();
    rmSync(this.#scratch, { recursive: true, force: true });
  }
}
