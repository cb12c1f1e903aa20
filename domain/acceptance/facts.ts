import type { Planted, PlantedAttempt } from '../../schemas/acceptance-planted.ts';

/** Where a record stands in its file. */
export type Place = Pick<PlantedAttempt, 'line' | 'pointer' | 'member'>;

/** An evidence row as it was found in the lake. */
export interface EvidenceFact {
  readonly id: string;
  readonly source: string;
  readonly source_file: string;
  readonly locator: Place;
  readonly line_offset: number;
  readonly sig_hash: string;
  readonly model: string | null;
  readonly task_key: string;
  /** Texts of its system turns, joined. */
  readonly system: string;
  readonly value: number | null;
  /** True for the copy of a record that survives elsewhere: readers leave it out. */
  readonly is_excluded: boolean;
}

export interface ScoreFact {
  readonly evidence_id: string;
  readonly category: string;
}

/** What an exported row says of where it was read. */
export interface ProvenanceFact {
  readonly evidence_id: string;
  readonly source_file: string;
  readonly locator: Place;
  readonly line_offset: number;
  readonly sig_hash: string;
}

/** A line of `rag` or `sft`. `quality` is whatever stands in the field that is meant to say it. */
export interface RowFact {
  readonly id: string;
  readonly quality: string;
  /** The mark on partially accepted rows of RAG; null in SFT, which has none. */
  readonly warning: boolean | null;
  readonly task_key: string;
  readonly split: string;
  readonly text: string;
  readonly provenance: ProvenanceFact;
}

/** A line of `preference`. */
export interface PairFact {
  readonly id: string;
  readonly chosen_id: string;
  readonly rejected_id: string;
  readonly chosen_text: string;
  readonly rejected_text: string;
  readonly margin: number;
  readonly task_key: string;
  readonly split: string;
  readonly provenance: readonly ProvenanceFact[];
}

/** A line of a quarantine file. */
export interface QuarantineFact {
  readonly set: string;
  readonly evidence_id: string | null;
  readonly reason: string;
  readonly source_file: string;
}

/** The signature of a planted attempt, computed from the file by a reading of its own; null where nothing can be read. */
export interface SignatureFact {
  readonly file: string;
  readonly attempt: PlantedAttempt;
  readonly sig_hash: string | null;
}

export type Counts = Readonly<Record<string, number>>;

/** Counts of a run as one of its documents states them. */
export interface StatedCategories {
  readonly document: string;
  readonly categories: Counts;
}

/** What became of one forbidden row that was put into the SFT file. */
export interface PlantedRow {
  readonly what: string;
  readonly line: number;
  /** What the re-read said of that line; null when it said nothing. */
  readonly finding: string | null;
}

/** What a trace of an exported row came to. */
export interface TraceFact {
  readonly set: string;
  readonly id: string;
  readonly verdict: string;
  readonly detail: string;
}

/** A planted datum that was found where it must not be. */
export interface LeakFact {
  readonly kind: string;
  readonly planted_in: string;
  readonly file: string;
}

/** One byte of an output was changed: what the verification of receipts said of that file. */
export interface FlipFact {
  readonly path: string;
  readonly is_named: boolean;
}

/** Everything that the invariants are judged by: read from disk after the runs, not taken from the runs' own counters. */
export interface AcceptanceFacts {
  readonly planted: Planted;
  readonly signatures: readonly SignatureFact[];
  /** Every stored row, copies among them. */
  readonly evidence: readonly EvidenceFact[];
  /** Evidence rows that their schema refuses, with what it says. */
  readonly malformed: readonly { readonly id: string; readonly problem: string }[];
  readonly scores: readonly ScoreFact[];
  readonly stated: readonly StatedCategories[];
  /** Digest over the scores as they are stored, and over those that the rules gave when the stored evidence was scored again. */
  readonly rescored: { readonly stored: string; readonly again: string; readonly changed: readonly string[] };
  readonly rag: readonly RowFact[];
  readonly sft: readonly RowFact[];
  readonly preference: readonly PairFact[];
  readonly quarantine: readonly QuarantineFact[];
  /** SFT of the run with `--include-partial`. */
  readonly sftWithPartial: readonly RowFact[];
  readonly reread: { readonly untouched: readonly string[]; readonly planted: readonly PlantedRow[] };
  readonly traces: readonly TraceFact[];
  readonly leaks: {
    readonly found: readonly LeakFact[];
    readonly filesRead: number;
    /** Planted data that the same search finds in the sources. */ readonly seenInSources: number;
  };
  /** Digests of both runs, by what they are of. */
  readonly digests: readonly { readonly of: string; readonly first: string; readonly second: string }[];
  readonly receipts: { readonly faults: readonly string[]; readonly flips: readonly FlipFact[] };
}

/** Something that speaks against an invariant. */
export interface Finding {
  readonly expected: string;
  readonly found: string;
  readonly where: string;
}
