/** What a trace needs of the world, as types; `cli/trace/open-world.ts` joins the adapters behind it. Paths of the workspace are relative to it. */
import type { RowDigests, StoredEvidence, StoredScore } from '../domain/receipts/index.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import type { Locator } from '../schemas/evidence.ts';
import type { SourcePart } from '../schemas/plan.ts';
import type { ExportSet } from '../schemas/vocabulary.ts';

export interface StoredRow<Row> {
  readonly row: Row & RowDigests & { readonly shard: string };
  readonly file: string;
  readonly finding: { readonly path: string; readonly expected: string; readonly found: string } | null;
  readonly isEntered: boolean;
}

/** An attempt as it stands in its source now. */
export interface SourceRecord {
  readonly locator: Locator;
  readonly line: number;
  readonly sigHash: string;
  readonly evidenceId: string;
  readonly signed: JsonValue;
}

export type SourceState =
  | { readonly state: 'found' | 'elsewhere'; readonly record: SourceRecord }
  | { readonly state: 'moved'; readonly path: string; readonly record: SourceRecord; readonly isGone: boolean }
  /** Its file was packed, and it stands in the archive as it was. */
  | { readonly state: 'packed'; readonly path: string; readonly record: SourceRecord }
  | { readonly state: 'changed'; readonly record: SourceRecord; readonly bytes: number }
  | { readonly state: 'no_record'; readonly bytes: number }
  | { readonly state: 'gone' }
  | { readonly state: 'unreadable'; readonly detail: string }
  /** The plan of the run does not say how the file was read. */
  | { readonly state: 'unplanned' };

/** Where the source was read from, and what stands there now. */
export interface ReadSource {
  /** Absolute path; as it is recorded where the plan is gone. */
  readonly path: string;
  /** Bytes that the file had when the run read it; null where the plan is gone. */
  readonly plannedBytes: number | null;
  readonly now: SourceState;
}

/** An exported file as the run wrote it down. */
export interface ExportedFile {
  readonly set: ExportSet | 'quarantine';
  /** Relative to the workspace. */
  readonly path: string;
  readonly sha256: string;
}

export interface FoundLines {
  readonly sha256: string;
  /** 1-based line numbers. */
  readonly found: readonly { readonly line: number; readonly text: string }[];
}

/** One run, as far as a trace looks into it. */
export interface TracedRun {
  readonly runId: string;
  idsLike(beginning: string): Promise<readonly string[]>;
  evidence(id: string): Promise<StoredRow<StoredEvidence> | undefined>;
  scored(evidenceId: string): Promise<StoredRow<StoredScore> | undefined>;
  /** JSON-lines files of the export, one for each set and place of quarantine. */
  exportedFiles(): readonly ExportedFile[];
  /** Lines of an exported file that hold one of the texts; undefined when the file is gone. */
  findLines(path: string, texts: readonly string[]): Promise<FoundLines | undefined>;
  readSource(row: StoredRow<StoredEvidence>['row']): Promise<ReadSource>;
  /** What is wrong with the files of the dataset versions. */
  damage(): Promise<readonly LakeDamage[]>;
}

/** A file of the lake that is not what is stated of it; `path` is relative to the workspace. */
export interface LakeDamage {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** What the opposite question needs besides. */
export interface ReversedRun extends TracedRun {
  evidenceUpTo(sourceFile: string, line: number, most: number): Promise<readonly StoredEvidence[]>;
  evidenceAt(sourceFile: string, pointer: string): Promise<readonly StoredEvidence[]>;
  /** How the run read the file; undefined when it did not. */
  layoutOf(sourceFile: string): SourcePart['layout'] | undefined;
  /** Ids of the branches of a session that hold a 0-based line, as it is now; undefined when it cannot be read. */
  branchesOver(sourceFile: string, line: number): Promise<readonly string[] | undefined>;
}

export interface TraceWorld {
  sha256(text: string): string;
  latestExport(): string | null;
}
