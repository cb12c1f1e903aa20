/**
 * What a full audit needs of the world beside the ports of a run, as types; `adapters/lake/audit-lake.ts` and `cli/audit/` implement it.
 */
import type { LedgerCheck } from '../../domain/shared/check-ledger.ts';
import type { LedgerRow } from '../../domain/shared/ledger-row.ts';
import type { AuditBaseline } from '../../schemas/audit-baseline.ts';
import type { AcceptanceReport } from '../../schemas/acceptance-report.ts';
import type { SchemaFixture } from '../../schemas/fixtures/schema-fixture.ts';
import type { Locator } from '../../schemas/evidence.ts';
import type { Manifest, ShardEntry } from '../../schemas/manifest.ts';
import type { SourcePart } from '../../schemas/plan.ts';
import type { DistillSettings } from '../../schemas/distill-settings.ts';
import type { AdapterName, Category, ExportSet } from '../../schemas/vocabulary.ts';
import type { EvidenceRow, Ports } from '../ports.ts';
import type { ReceiptWorld } from '../receipt-world.ts';

export interface AuditWorld {
  readonly ports: Ports;
  readonly lake: AuditLake;
  readonly sources: AuditSources;
  readonly receipts: ReceiptWorld;
  readonly ledgers: AuditLedgers;
  /** What the schemas must accept and reject. */
  readonly fixtures: readonly SchemaFixture[];
  /** Runs the pipeline on the acceptance fixture. */
  accept(watch: AuditWatch): Promise<Acceptance>;
}

/** Somebody who looks on, and may end it. */
export interface AuditWatch {
  /** Called as each check begins. */
  begin(check: number, name: string): void;
  /** Where the check that is going on is; rows or files. */
  progress(done: number, total: number): void;
  /** Throws when the audit is to end. Cheap. */
  throwIfStopped(): void;
}

// ---- the lake

/** A source file with what the lake holds of it. */
export interface FileRows {
  readonly source: string;
  readonly source_file: string;
  readonly evidence: number;
  readonly duplicates: number;
  readonly refused: number;
}

/** The place of a stored evidence row; `locator` is JSON text. */
export interface StoredPlace {
  readonly id: string;
  readonly sig_hash: string;
  readonly source_file: string;
  readonly line_offset: number;
  readonly locator: string;
}

/** An evidence row with the score that is stored for it; `reasons` is JSON text. */
export interface ScoredRow extends EvidenceRow {
  readonly category: Category;
  readonly rule: string;
  readonly reasons: string;
}

/** A row that is not as it must be; `total` counts all of them, of which only the first come. */
export interface StrayRow {
  readonly id: string;
  readonly expected: string;
  readonly found: string;
  readonly total: number;
}

/** What the evidence says of one side of a pair; null where the id leads to no evidence, or that has no score. */
export interface PairSide {
  readonly task_key: string | null;
  readonly category: Category | null;
  readonly value: number | null;
  /** Its system prompts, one below the other. */
  readonly system: string | null;
}

/** A pair of the file with both of its records; `of_task` counts the pairs of its task. */
export interface PairSides {
  readonly id: string;
  readonly task_key: string;
  readonly chosen_category: string;
  readonly rejected_category: string;
  readonly reason: string;
  readonly margin: number;
  readonly of_task: number;
  readonly chosen: PairSide;
  readonly rejected: PairSide;
}

/** The dataset versions of a run, and its exported files. */
export interface AuditedData {
  readonly evidence: Manifest;
  readonly scored: Manifest;
  /** Absolute paths of the JSON-lines files. */
  readonly files: Readonly<Record<ExportSet, string>>;
  readonly quarantine: Readonly<Record<ExportSet | 'materialize', string>>;
}

/** Questions over all rows, answered by scans; every row list is bounded. */
export interface AuditLake {
  /** The run whose data is current; null before the first one ended. */
  currentRun(): string | null;
  countFiles(evidence: Manifest, refused: readonly ShardEntry[]): Promise<readonly FileRows[]>;
  repeatedIds(evidence: Manifest): Promise<readonly StrayRow[]>;
  unpairedScores(data: Pick<AuditedData, 'evidence' | 'scored'>): Promise<readonly StrayRow[]>;
  /** Rows of one evidence shard, those that the version excludes too. */
  placesOf(evidence: Manifest, shard: string): Promise<readonly StoredPlace[]>;
  scanScored(data: Pick<AuditedData, 'evidence' | 'scored'>): AsyncIterable<readonly ScoredRow[]>;
  /** Rows of a set that differ from the evidence and the score they stand for. */
  strayRows(data: AuditedData, set: 'rag' | 'sft'): Promise<readonly StrayRow[]>;
  scanPairs(data: AuditedData): AsyncIterable<readonly PairSides[]>;
  /** Records that are not exactly once in a set or its quarantine. */
  unaccounted(data: AuditedData, set: ExportSet): Promise<readonly StrayRow[]>;
  /** Clusters of tasks with exported rows on several sides, and rows on another side than was decided for their record. */
  straySplits(data: AuditedData, decisions: ShardEntry): Promise<readonly StrayRow[]>;
  /** Rows of the exported files and of their quarantine files, as far as they can be read. */
  countExported(data: AuditedData): Promise<Readonly<Record<ExportSet | `not_in_${ExportSet}`, number>>>;
  /** Ends the scan that is going on: it fails. */
  interrupt(): void;
  close(): void;
}

// ---- sources

/** One attempt as it stands in its source now. */
export interface SignedAttempt {
  readonly locator: Locator;
  readonly line: number;
  readonly sigHash: string;
  readonly evidenceId: string;
}

/** A part of a source, and how the run read it. */
export interface AuditedReading {
  readonly part: SourcePart;
  readonly adapter: AdapterName;
  readonly options: Readonly<Record<string, unknown>>;
  readonly maxRecordBytes: number;
}

export interface AuditSources {
  /** What is found in place of a readable file; undefined when it is one. */
  fault(path: string): string | undefined;
  /** True for a log that was rotated at least once: what is missing in it may stand in its segments. */
  isRotated(path: string): boolean;
  /** The attempts of a part, signed as a run signs them. Changed bytes are read as they are; SourceError when they cannot be. */
  read(reading: AuditedReading): AsyncIterable<SignedAttempt>;
  /** The same of the segments that its file was rotated into; none where it was not. */
  readRotated(reading: AuditedReading): AsyncIterable<SignedAttempt>;
}

// ---- ledgers

export interface AuditLedgers {
  /** Every hash-chained ledger of the workspace, by path relative to it. */
  chains(): readonly { readonly path: string; check(): Promise<LedgerCheck> }[];
  /** The replay log, which is no chain: its archives, then the file that grows. SourceError while an archive is read that is damaged. */
  replayLogs(): readonly { readonly path: string; lines(): AsyncIterable<{ readonly text: string; readonly isEnded: boolean }> }[];
  /** The rows of the baselines, oldest first; where their chain is damaged, those before the damage. */
  baselines(): Promise<{ readonly rows: readonly LedgerRow[]; readonly isWhole: boolean }>;
  /** Appends a baseline and returns it as it stands there. LakeCorruptError when their chain is damaged. */
  appendBaseline(baseline: AuditBaseline): Promise<LedgerRow>;
}

/** What is needed of the acceptance report. */
export type Acceptance = Pick<AcceptanceReport, 'passed' | 'total' | 'invariants'>;

/** The run that is audited. */
export interface AuditedRun {
  readonly run_id: string;
  readonly settings: DistillSettings;
}
