import type { JsonObject } from './json.ts';

/** A record of a run file and its line, counted from 1. */
export interface RunRecord {
  readonly line: number;
  readonly value: JsonObject;
}

/** What a run says about a model, whose id is compared byte for byte. */
export interface RunSummary extends RunRecord {
  readonly modelId: string;
}

/**
 * A run file as a strict reader takes it in: its values may be of any type, may be absent, NaN or infinite, and whoever uses one judges it.
 * Attempts are read and not kept.
 */
export interface RunFile {
  /** As it was given. */
  readonly path: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  readonly runId: string;
  /** Every run id that a record names, that of the run first. */
  readonly runIds: readonly string[];
  readonly manifest: RunRecord | undefined;
  readonly summaries: readonly RunSummary[];
  /** The last one: a run that was stopped and resumed may have written one before. */
  readonly end: RunRecord | undefined;
  /** Source of each event that a model was called for. */
  readonly sourceOfEvent: ReadonlyMap<string, string>;
  /** Records and fields (of known records, at their top level) that nobody here knows. */
  readonly ignored: { readonly records: number; readonly fields: number };
}
