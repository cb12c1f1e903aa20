import type { AdapterName, Category, QuarantineReason } from '../../../schemas/vocabulary.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';

/**
 * What a record says of its own quality, in one word: `yes`, `partly` and `no` are truth (a human's word, a reward, tests, a panel that agrees); `disputed`
 * is truth that contradicts itself; `opinion` comes from a single judge or a gate; `none` is everything else, proxies among it.
 */
export type PlantedTruth = 'yes' | 'partly' | 'no' | 'disputed' | 'opinion' | 'none';

/** Where a value stands in its file; lines are counted from 0. */
export interface Place {
  readonly line?: number;
  readonly pointer?: string;
  readonly member?: string;
}

/** One attempt at a task that a reader of the file must find. Told by hand with the record, never computed by a rule. */
export interface Attempt {
  readonly truth: PlantedTruth;
  readonly category: Category;
  /** The traps that it is. */
  readonly traps?: readonly string[];
  /** Tells two attempts apart that stand in one place. */
  readonly model?: string;
  /** The values that are signed together, where it is not the one in its place. */
  readonly parts?: readonly Place[];
  /** Pointer of the pull request that is signed with this comment alone. */
  readonly pull_request?: string;
  /** True for the copy of a record that stands before it and survives there. */
  readonly is_duplicate?: boolean;
  /** Attempts of one name say nearly the same. */
  readonly near_copies?: string;
}

export type PlacedAttempt = Attempt & Place;

/** Something that stands in a file and must not be taken for a record. */
export interface Refused extends Place {
  readonly reason: QuarantineReason;
}

/** A file of the fixture, and what stands in it. */
export interface LaidFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly attempts: readonly PlacedAttempt[];
  readonly refused: readonly Refused[];
}

/** A secret or a personal datum, and what kind of place it was put in. */
export interface PlantedDatum {
  readonly kind: string;
  readonly where: string;
  readonly text: string;
}

/** One source of the fixture. */
export interface Stream {
  readonly name: string;
  readonly adapter: AdapterName;
  /** False where nothing in the files says whether an attempt was any good. */
  readonly isLabelled: boolean;
  readonly paths: readonly string[];
  readonly options?: Readonly<Record<string, JsonValue>>;
  readonly files: readonly LaidFile[];
}

/** A record with the attempts in it. */
export interface Told {
  readonly value: JsonObject;
  readonly attempts: readonly Attempt[];
}

export const YES: Attempt = { truth: 'yes', category: 'accepted' };
export const PARTLY: Attempt = { truth: 'partly', category: 'partially_accepted' };
export const NO: Attempt = { truth: 'no', category: 'rejected' };
export const DISPUTED: Attempt = { truth: 'disputed', category: 'needs_human_review' };
/** A single judge or a gate likes it. */
export const LIKED: Attempt = { truth: 'opinion', category: 'partially_accepted' };
export const UNKNOWN: Attempt = { truth: 'none', category: 'needs_human_review' };
/** Nothing was answered, whatever else is known. */
export const SILENT: Attempt = { truth: 'none', category: 'rejected' };

/** An attempt that is a trap, or several. */
export function trap(attempt: Attempt, ...traps: readonly string[]): Attempt {
  return { ...attempt, traps: [...(attempt.traps ?? []), ...traps] };
}
