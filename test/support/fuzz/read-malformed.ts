import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DistillInput } from '../../../activities/contract.ts';
import { createMaterialize } from '../../../activities/materialize.ts';
import type { Draft, Ports, ReadRecord, ShardDraft, Sources } from '../../../activities/ports.ts';
import { sha256, sha256Of, startSha256 } from '../../../adapters/digest.ts';
import { compressionOf } from '../../../adapters/byte-chunks.ts';
import { planSources } from '../../../adapters/sources/plan-sources.ts';
import { readPart } from '../../../adapters/sources/read-part.ts';
import { SOURCE_ADAPTERS } from '../../../adapters/sources/registry.ts';
import type { Layout } from '../../../adapters/sources/source-adapter.ts';
import { LauterError } from '../../../domain/shared/errors.ts';
import { distillSettingsSchema } from '../../../schemas/distill-settings.ts';
import type { Plan, SourcePart } from '../../../schemas/plan.ts';
import { complaintAboutEvidence, complaintAboutRefusal } from './check-rows.ts';
import { leastRecords } from './least-records.ts';
import type { MalformedFile } from './malformed-file.ts';

/** What came of a file. */
export interface Reading {
  /** The word of what stopped it: the class of an error that tells the user what to do. */
  readonly stopped: string | undefined;
  /** False where the format did not recognise the file any more, so that it was read as the valid one would be. */
  readonly recognised: boolean;
  readonly records: number;
  readonly evidence: number;
  readonly refused: Readonly<Record<string, number>>;
  /** What must never happen; empty when all is well. */
  readonly complaints: readonly string[];
}

/** The real sources of a run. */
export const REAL_SOURCES: Sources = {
  plan: planSources,
  read: readPart,
  normalize: (adapter, record, context) => SOURCE_ADAPTERS[adapter].normalize(record, context),
};

/**
 * Reads a file as a run does, with nothing but the lake replaced: it is detected, planned, read, normalized, redacted, assembled, scored and made
 * into candidates; every row that would be stored is checked.
 */
export async function readMalformed(file: MalformedFile, folder: string, sources: Sources = REAL_SOURCES): Promise<Reading> {
  const path = join(folder, file.seed.name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file.bytes);
  const seen = new Witness(file, sources);
  const run = inputOf(file, folder);
  const runs = new Map<string, unknown>();
  const ports = portsWith(seen, runs);
  const { materializeShard } = createMaterialize(ports);
  const attempt = { throwIfStopped: () => undefined, report: () => undefined };
  let stopped: string | undefined;
  let recognised = true;
  try {
    try {
      const options = { skipUnknown: true, maxRecordBytes: file.maxRecordBytes, pipelineVersion: 'test' };
      runs.set('plan', {
        schema: 'plan/1',
        run_id: run.run_id,
        ...(await seen.sources.plan(run.requests, options, attempt.throwIfStopped)),
      });
    } catch (error) {
      if (!(error instanceof LauterError)) throw error;
      recognised = false;
      // The damage may as well stand behind the part that detection looks at.
      runs.set('plan', forcedPlan(file, path));
    }
    for (const index of (runs.get('plan') as Plan).shards.keys()) await materializeShard({ run, index }, attempt);
    seen.settle();
  } catch (error) {
    if (error instanceof LauterError) stopped = error.name;
    else seen.complain(`it threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  return { stopped, recognised, records: seen.records, evidence: seen.evidence, refused: seen.refused, complaints: seen.complaints };
}

/** Stands between the sources and the lake, and counts for itself. */
class Witness {
  readonly complaints: string[] = [];
  readonly refused: Record<string, number> = {};
  readonly sources: Sources;
  records = 0;
  evidence = 0;
  #drafts = 0;
  #refusals = 0;
  /** As it was detected in the end, which a change may have changed. */
  #layout: Layout | undefined;
  readonly #file: MalformedFile;

  constructor(file: MalformedFile, sources: Sources) {
    this.#file = file;
    this.sources = {
      plan: sources.plan,
      read: (part, maxRecordBytes) => {
        this.#layout = part.layout;
        return this.#read(sources.read(part, maxRecordBytes));
      },
      normalize: (adapter, record, context) => {
        const drafts = sources.normalize(adapter, record, context);
        this.#drafts += drafts.length;
        if (drafts.length === 0) this.complain(`a record was lost: ${adapter} made nothing of ${JSON.stringify(record.locator)}`);
        this.#watchGrowth(drafts);
        return drafts;
      },
    };
  }

  complain(complaint: string): void {
    if (this.complaints.length < 5) this.complaints.push(complaint);
  }

  write(kind: string, json: string): void {
    if (kind === 'evidence') {
      this.evidence += 1;
      const complaint = complaintAboutEvidence(json);
      if (complaint !== undefined) this.complain(complaint);
    } else if (kind === 'refused') {
      this.#refusals += 1;
      const { reason, complaint } = complaintAboutRefusal(json);
      this.refused[reason] = (this.refused[reason] ?? 0) + 1;
      if (complaint !== undefined) this.complain(complaint);
    }
  }

  /** Looks at the sums when all is read. */
  settle(): void {
    if (this.#drafts !== this.evidence + this.#refusals)
      this.complain(`accounting: ${this.#drafts} attempts and faults came in, ${this.evidence} + ${this.#refusals} rows went out`);
    const { least, exact } = leastRecords(this.#layout, this.#file.bytes);
    if (exact ? this.records !== least : this.records < least)
      this.complain(`accounting: expected ${exact ? '' : 'at least '}${least} records in the file, found ${this.records}`);
  }

  async *#read(batches: AsyncIterable<readonly ReadRecord[]>): AsyncIterable<readonly ReadRecord[]> {
    for await (const batch of batches) {
      this.records += batch.length;
      this.#drafts += batch.filter((record) => 'fault' in record).length;
      if (this.records > this.#mostRecords())
        throw new Error(`no end: more than ${this.#mostRecords()} records in ${this.#file.bytes.length} bytes`);
      yield batch;
    }
  }

  /** A record has at least one byte; packed, a byte may stand for a thousand. */
  #mostRecords(): number {
    return 16 + this.#file.bytes.length * (compressionOf(this.#file.bytes) === 'none' ? 1 : 1_100);
  }

  /** Attempts may share what they were made of, as the branches of a session do, but not without end. */
  #watchGrowth(drafts: readonly Draft[]): void {
    if (drafts.length > this.#mostRecords()) throw new Error(`no end: ${drafts.length} attempts in ${this.#file.bytes.length} bytes`);
  }
}

function inputOf(file: MalformedFile, folder: string): DistillInput {
  return {
    run_id: 'run-1',
    workflow_id: 'malformed',
    started_at: '2026-03-05T12:00:00.000Z',
    requests: [{ name: 'malformed', adapter: file.seed.adapter, paths: ['.'], base: folder, options: file.seed.options }],
    skip_unknown: true,
    settings: distillSettingsSchema.parse({ max_record_bytes: file.maxRecordBytes }),
    config_digest: 'c'.repeat(64),
    config_base: '.',
    code_version: 'test',
    until: 'audit',
    window: 1,
  };
}

/** Ports whose lake keeps nothing. */
function portsWith(seen: Witness, runs: Map<string, unknown>): Ports {
  const draft: ShardDraft = {
    write: (kind, json) => seen.write(kind, json),
    publish: async (shards) => shards.map(() => ({ rows: seen.evidence }) as never),
    close: () => undefined,
  };
  return {
    sources: seen.sources,
    digests: { sha256, sha256Of, startSha256 },
    lake: { find: () => undefined, draft: () => draft },
    runs: {
      has: (_run: string, name: string) => runs.has(name),
      read: (_run: string, name: string) => runs.get(name),
      write: (_run: string, name: string, value: unknown) => void runs.set(name, value),
    },
    verdicts: { all: async () => [] },
  } as unknown as Ports;
}

/** The plan of the valid file, with these bytes in its place. */
function forcedPlan({ seed, bytes }: MalformedFile, path: string): Plan {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const part: SourcePart = {
    path,
    source_file: seed.name,
    layout: isZip ? 'archive' : seed.isArchive ? 'log' : seed.layout,
    compression: compressionOf(bytes),
    start: 0,
    end: bytes.length,
    line: 0,
    is_last: true,
    digest: sha256(bytes),
    file_time: '2026-03-05T12:00:00.000Z',
  };
  const shard = {
    key: 'forced',
    source: 'malformed',
    adapter: seed.adapter,
    options: seed.options,
    parts: bytes.length === 0 ? [] : [part],
  };
  return { schema: 'plan/1', run_id: 'run-1', sources: [], ignored: [], shards: [shard] };
}
