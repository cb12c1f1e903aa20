/**
 * What activities need of the world, as types. Adapters implement them, worker/ wires them, tests may hand in their own.
 */
import type { JsonObject, JsonValue } from '../domain/shared/json.ts';
import type { Evidence, Locator } from '../schemas/evidence.ts';
import type { CardFacts } from '../schemas/card-facts.ts';
import type { EvaluationSetConfig } from '../schemas/decontamination-settings.ts';
import type { Manifest, ShardEntry, ShardPart } from '../schemas/manifest.ts';
import type { Plan, SourcePart } from '../schemas/plan.ts';
import type { RunReport } from '../schemas/run-report.ts';
import type { Verdict } from '../schemas/verdict.ts';
import type { AdapterName, Category, ExportSet, OutcomeOrigin, OutcomeState, QuarantineReason, Split } from '../schemas/vocabulary.ts';

/** One attempt at an activity: a way to be stopped and a way to show progress. */
export interface Attempt {
  /** Throws when the attempt was cancelled or its worker shuts down. Cheap: may be called for every batch. */
  throwIfStopped(): void;
  /** Rows done so far; travels with the next heartbeat. */
  report(rowsDone: number): void;
}

export interface Clock {
  now(): string;
  nowMs(): number;
}

export interface RunningDigest {
  update(data: string | Uint8Array): void;
  digest(): string;
}

/** sha256, as 64 lower-case hexadecimal digits. */
export interface Digests {
  sha256(data: string | Uint8Array): string;
  sha256Of(...parts: readonly string[]): string;
  startSha256(): RunningDigest;
}

// ---- sources

/** A source as the config states it, or a path from the command line (then without name and adapter). */
export interface SourceRequest {
  readonly name?: string;
  readonly adapter?: AdapterName;
  /** License of its records, for the dataset card. */
  readonly license?: string;
  readonly paths: readonly string[];
  /** Folder that relative paths start from. */
  readonly base: string;
  readonly options: Readonly<Record<string, JsonValue>>;
}

export interface PlanOptions {
  readonly skipUnknown: boolean;
  readonly maxRecordBytes: number;
  /** Version of everything between reading and writing that decides what a row looks like. */
  readonly pipelineVersion: string;
}

/** One value as it stood in the file. For `session` layout `value` is the array of the parsed lines and `lines` their 0-based numbers. */
export interface RawRecord {
  readonly value: JsonValue;
  readonly locator: Locator;
  /** 0-based line at which the record begins. */
  readonly line: number;
  /** For `elements` of an object: the entry's key. */
  readonly key?: string;
  /** For `log` and `archive`: what the file says of all its records. No part of what is signed. */
  readonly header?: JsonObject;
  readonly lines?: readonly number[];
}

/** A record with its canonical text (absent for sessions), or one that could not be read. */
export type ReadRecord = (RawRecord & { readonly canonical: string | undefined }) | Unreadable;

export interface Unreadable {
  readonly fault: QuarantineReason;
  readonly detail: string;
  readonly locator: Locator;
  readonly line: number;
}

/** What an adapter may know about the file besides the record. */
export interface RecordContext {
  readonly path: string;
  readonly options: Readonly<Record<string, JsonValue>>;
}

/**
 * A normalized attempt before it is redacted, hashed and given an id.
 * `signed` is the source record as read: what sig_hash is taken of. `branch` tells apart several attempts that come from one signed value.
 */
export interface EvidenceDraft extends Omit<Evidence, 'id' | 'source' | 'adapter' | 'provenance' | 'day' | 'task' | 'redactions'> {
  readonly signed: JsonValue;
  readonly branch: string;
  readonly locator: Locator;
  readonly line: number;
  /** ISO 8601 in UTC from the record itself, or null. */
  readonly recordedAt: string | null;
  /** `id`: the benchmark's own task id; `key`: set when the id alone does not name the task (else derived from id or text). */
  readonly task: { readonly id: string | null; readonly key?: string; readonly text: string };
}

/** A record, or a part of one, that the adapter refuses. */
export interface RefusedDraft {
  readonly refused: QuarantineReason;
  readonly detail: string;
  readonly locator: Locator;
  readonly line: number;
}

export type Draft = EvidenceDraft | RefusedDraft;

export interface Sources {
  plan(requests: readonly SourceRequest[], options: PlanOptions, throwIfStopped: () => void): Promise<Omit<Plan, 'schema' | 'run_id'>>;
  read(part: SourcePart, maxRecordBytes: number): AsyncIterable<readonly ReadRecord[]>;
  normalize(adapter: AdapterName, record: RawRecord, context: RecordContext): readonly Draft[];
}

// ---- the lake

export type LakeKind = 'evidence' | 'refused' | 'scored' | 'candidates' | 'signatures' | TextKind | 'decisions' | 'pairs' | 'excluded';

/** Kinds whose shards are lines of text, not tables. */
export type TextKind = 'rag_texts' | 'sft_texts';

/** A shard that is to exist, with the sums its maker wants to keep. */
export interface NewShard {
  readonly kind: Exclude<LakeKind, 'decisions' | 'pairs' | 'excluded'>;
  readonly key: string;
  readonly counts: Readonly<Record<string, unknown>>;
}

/** Shards while they are being made: rows go to scratch files, nothing exists until it is published. */
export interface ShardDraft {
  /** `day` is the row's UTC day, for kinds that are laid out by day. */
  write(kind: LakeKind, json: string, day?: string): void;
  /** Makes shards exist: the first of them first, the last only when all others do. */
  publish(shards: readonly NewShard[]): Promise<readonly ShardEntry[]>;
  /** Removes the scratch files; always called. */
  close(): void;
}

/** An evidence row as stored: nested values are JSON text. */
export interface EvidenceRow {
  readonly place: number;
  readonly id: string;
  readonly source: string;
  readonly adapter: AdapterName;
  readonly source_file: string;
  readonly line_offset: number;
  readonly locator: string;
  readonly sig_hash: string;
  readonly recorded_at: string;
  readonly recorded_at_from: 'record' | 'file';
  readonly day: string;
  readonly task_key: string;
  readonly task_text: string;
  readonly messages: string;
  readonly tools: string | null;
  readonly artifacts: string;
  readonly outcome_state: OutcomeState;
  readonly outcome_value: number | null;
  readonly outcome_from: OutcomeOrigin;
  readonly signals: string;
  readonly model: string | null;
  readonly origin: Evidence['origin'];
  readonly generation: number;
}

export interface CategorizedRow extends EvidenceRow {
  readonly category: Category;
}

/** A record that may take part in preference pairs. */
export interface Contender {
  readonly evidence_id: string;
  readonly task_key: string;
  readonly cluster: string;
  readonly category: Category;
  readonly value: number | null;
  readonly system_key: string;
  readonly answer_key: string;
}

export interface PairRow {
  readonly chosen_id: string;
  readonly rejected_id: string;
  readonly task_key: string;
  readonly cluster: string;
  readonly reason: 'category' | 'truth_value';
  readonly margin: number;
}

/** A pair with what is needed to write it. */
export interface PairedRows extends PairRow {
  readonly split: Split;
  readonly chosen: CategorizedRow;
  readonly rejected: CategorizedRow;
}

/** Whole lines of a set, each with its split, ready to be written. */
export interface LineBlock {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly longestBytes: number;
}

/** What decideExport found of a set: the rows in it. */
export interface DecidedSet {
  readonly rows: number;
  /** Over the rows in the order of their ids, without the places they were read from. */
  readonly content_digest: string;
  readonly splits: Readonly<Partial<Record<Split, number>>>;
  /** Their estimated tokens, and rows by class: up to each of the bounds that were asked for, then above. */
  readonly tokens: { readonly total: number; readonly rows: readonly number[] };
}

export interface Settled {
  readonly manifest: Manifest;
  /** Name under which the manifest is stored. */
  readonly digest: string;
}

/** What the records of an evidence shard could become. */
export interface ExportShard {
  /** Key of the evidence shard. */
  readonly shard: string;
  readonly candidates: ShardEntry;
  readonly signatures: ShardEntry;
  readonly rag: ShardEntry;
  readonly sft: ShardEntry;
}

/** What an export is written from: the shards in the order of the plan, and what was decided across them. */
export interface ExportVersion {
  readonly shards: readonly ExportShard[];
  readonly decisions: ShardEntry;
  readonly pairs: ShardEntry;
}

export interface Lake {
  find(kind: LakeKind, key: string): ShardEntry | undefined;
  draft(): ShardDraft;
  /** Which of some records stand in which of some evidence shards: shard key → ids, in their order. */
  shardsOf(shards: readonly ShardEntry[], ids: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>>;
  scanEvidence(evidence: ShardEntry): AsyncIterable<readonly EvidenceRow[]>;
  scanCategorized(evidence: ShardEntry, scored: ShardEntry): AsyncIterable<readonly CategorizedRow[]>;
  /** Finds exact duplicates across the shards, digests what remains, stores the manifest. */
  settleEvidence(shards: readonly ShardEntry[]): Promise<Settled & { readonly duplicates: readonly DuplicateRow[] }>;
  settleScored(shards: readonly ShardEntry[], excluded: ShardPart | null): Promise<Settled>;
  /** Names the frozen releases, whose tasks keep their splits; empty before the first. */
  releasesKey(): string;
  /** Decides across records and publishes `decisions` and `pairs` under `key`. */
  decideExport(request: DecideRequest): Promise<void>;
  /** The rows that entered a set, as they are to stand in its file: shard by shard, in the order they were read. `split` is the field that stands for it. */
  admittedLines(version: ExportVersion, set: 'rag' | 'sft', split: SplitField): AsyncIterable<LineBlock>;
  scanPairs(version: ExportVersion, evidence: Manifest, scored: Manifest): AsyncIterable<readonly PairedRows[]>;
  /** Writes the rows that did not enter a set, with the reason and its sentence, as JSON lines. Returns their number by reason. */
  writeRefused(version: ExportVersion, set: ExportSet, sentences: Sentences, path: string): Promise<ReasonCounts>;
  /** The same for what never became evidence: unreadable records, and exact duplicates. */
  writeUnread(refused: readonly ShardEntry[], evidence: Manifest, sentences: Sentences, path: string): Promise<ReasonCounts>;
  /** Rows of a manifest by the values of some columns, in the order of those values. */
  countBy(manifest: Manifest, columns: readonly string[]): Promise<readonly CountRow[]>;
  readManifest(kind: LakeKind, digest: string): Manifest;
  /** Names a version as the current one. */
  setHead(kind: LakeKind, manifest: string, runId: string): void;
  /** Writes a JSON-lines file, no line of which is longer than `longestBytes`, as Parquet with the columns of the set. Returns its row count. */
  convertToParquet(set: ExportSet | 'quarantine', jsonlPath: string, longestBytes: number, parquetPath: string): Promise<number>;
}

export type CountRow = Readonly<Record<string, string | number | null>> & { readonly rows: number };

export interface DuplicateRow {
  readonly id: string;
  readonly source: string;
  readonly source_file: string;
  readonly line_offset: number;
  readonly locator: string;
  readonly sig_hash: string;
}

export type Sentences = Readonly<Record<QuarantineReason, string>>;
export type ReasonCounts = Readonly<Partial<Record<QuarantineReason, number>>>;

/** The field that stands in a row for its split, and what comes into its place. */
export interface SplitField {
  readonly mark: string;
  readonly of: Readonly<Record<Split, string>>;
}

/** The rows of a record that are in a set so far. Documents come in the order of their ids, so that their numbers stand for those. */
export interface SignedDocument {
  readonly category: Category;
  readonly value: number | null;
  /** Day of the record, `YYYY-MM-DD` or `undated`. */
  readonly day: string;
  readonly in_rag: boolean;
  readonly in_sft: boolean;
  readonly rag: Uint8Array | null;
  /** Null where it is the same as that of RAG. */
  readonly sft: Uint8Array | null;
}

/** Near copies, by number of the document. */
export interface Copies {
  /** Rows of a set of which a better copy stays. */
  readonly removed: Readonly<Record<'rag' | 'sft', Iterable<number>>>;
  /** Documents that hold copies of one text: they must stand on one side of the split. */
  readonly links: Iterable<readonly [number, number]>;
}

export interface DecideRequest {
  readonly key: string;
  readonly shards: readonly ExportShard[];
  readonly excluded: ShardPart | null;
  /** Smallest task key of the cluster of each task that shares a text with another task. */
  clusterTasks(links: readonly (readonly string[])[]): ReadonlyMap<string, string>;
  /** Pairs of one task, and why each contender is in none. */
  pairTask(contenders: readonly Contender[]): {
    readonly pairs: readonly PairRow[];
    readonly refusals: ReadonlyMap<string, QuarantineReason>;
  };
  /** Which rows of the sets are near copies of others. */
  findCopies(documents: AsyncIterable<readonly SignedDocument[]>): Promise<Copies>;
  readonly tokenBounds: readonly number[];
  /** The releases that the run began with. */
  readonly releases: string;
  /** What decides the split of a cluster, and where the splits end. */
  drawOf(cluster: string): number;
  readonly bounds: { readonly test: number; readonly validation: number };
  throwIfStopped(): void;
}

// ---- files of a run

/** The documents of a run: `lake/runs/<run>/<name>.json`, each written whole. */
export interface RunFolder {
  write(runId: string, name: string, value: unknown): void;
  read<Value>(runId: string, name: string): Value;
  has(runId: string, name: string): boolean;
  /** Run ids, newest first. */
  list(): readonly string[];
}

/** A file of JSON lines that is being written under a temporary name. */
export interface LineFile {
  write(line: string): void;
  writeBlock(block: LineBlock): void;
  /** Upper bound of the bytes of its longest line so far. */
  readonly longestBytes: number;
  /** Makes it the file, whole. Returns the sha256 of its bytes and their number. */
  publish(): { readonly sha256: string; readonly bytes: number; readonly rows: number };
  discard(): void;
}

export interface OutputFolder {
  /** Absolute path of a file below exports/<run>. */
  path(runId: string, name: string): string;
  openLines(runId: string, name: string): LineFile;
  /** Publishes a file that `make` writes under a temporary name; `make` returns its rows. */
  publishMade(
    runId: string,
    name: string,
    make: (temporary: string) => Promise<number>,
  ): Promise<{ readonly sha256: string; readonly bytes: number; readonly rows: number }>;
  /** Lines of a file in batches; `onBytes` gets its bytes as they are read. */
  readLines(path: string, onBytes?: (bytes: Uint8Array) => void): AsyncIterable<readonly string[]>;
  sha256(path: string): Promise<string>;
  writeText(runId: string, name: string, text: string): void;
  /** Writes a report file below reports/<run>. Returns its path. */
  writeReport(runId: string, name: string, text: string): string;
  /** Moves `exports/latest` to this run. */
  setLatest(runId: string): void;
  exportsPath(runId: string): string;
  reportsPath(runId: string): string;
}

/** Columnar files for readers that map them into memory. */
export interface ArrowFiles {
  /** Writes lines of a set as an Arrow IPC stream with the columns of its Parquet file, a record batch at a time. Returns the rows. */
  writeStream(set: ExportSet | 'quarantine', lines: AsyncIterable<readonly string[]>, path: string): Promise<number>;
}

/** What people said of records. */
export interface Verdicts {
  /** All of them, oldest first. */
  all(): Promise<readonly Verdict[]>;
}

/** Evaluation texts that must not stand in a training set. */
export interface EvaluationSets {
  /** Item by item. Throws ConfigError for what cannot be read as a whole. */
  read(set: EvaluationSetConfig, base: string): AsyncIterable<{ readonly item: string; readonly texts: readonly string[] }>;
}

export interface Ports {
  readonly evaluationSets: EvaluationSets;
  readonly verdicts: Verdicts;
  readonly clock: Clock;
  readonly digests: Digests;
  readonly sources: Sources;
  readonly lake: Lake;
  readonly runs: RunFolder;
  readonly output: OutputFolder;
  readonly arrow: ArrowFiles;
  /** The pages of a run: HTML, Markdown and one CSV a table. */
  renderRun(report: RunReport): Promise<readonly { readonly name: string; readonly text: string }[]>;
  /** The card that goes with the exported data. */
  renderCard(facts: CardFacts): Promise<string>;
}
