import type { CandidatePair, PairOutcome } from '../../domain/contradictions/index.ts';
import type { ContradictionsRun } from '../contradictions-contract.ts';
import type { ContradictionsFiles } from './world.ts';

/** What the search of one query came to. */
export interface FoundQuery {
  readonly query: string;
  readonly state: 'found' | 'errored' | 'not_evaluated';
  readonly result_count: number;
  readonly pairs: readonly CandidatePair[];
  readonly pairs_skipped_by_date: number;
}

/** What the searches of a batch came to, in the document `found/<batch>`. */
export interface FoundBatch {
  readonly queries: readonly FoundQuery[];
  /** What vectors and other calls of its searches cost, in US dollars. */
  readonly search_usd: number;
}

/** Whose pair it is: of a query by its number, of a thing that several pages speak of, or of labelled pairs. */
export type PairOwner =
  | { readonly of: 'query'; readonly query: number }
  | { readonly of: 'entity'; readonly entity: string; readonly attribute: string }
  | { readonly of: 'gold'; readonly row: number };

/** A pair as it is judged; its number is its place in the order of judging. */
export interface PlacedPair {
  readonly owner: PairOwner;
  /** What the judge is told that somebody asked. */
  readonly query: string;
  readonly pair: CandidatePair;
}

/** Sizes of what is judged, in the document `order`. */
export interface PairOrder {
  readonly pairs: number;
  readonly corpus_hash: string | null;
  /** Of the whole collection; null without --entities. */
  readonly entities: { readonly passages: number; readonly pairs_found: number; readonly pairs_skipped_by_date: number } | null;
}

/** What came of one pair, in the document `outcomes/<pair>`. */
export interface SettledPair {
  /** Null where the cap forbade to ask. */
  readonly outcome: PairOutcome | null;
  readonly source: 'judge' | 'cache' | 'none';
  readonly cost_usd: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Attempts at calls that were made for it; none for a verdict from the cache. */
  readonly calls: number;
  readonly snapshot: string | null;
  /** False where its verdict could not be kept for later runs. */
  readonly is_kept: boolean;
}

const PAIRS_PER_SLICE = 64;

/** The run as it was told. */
export function readRun(files: ContradictionsFiles, runId: string): ContradictionsRun {
  return files.read(runId, 'run');
}

/** Texts that lie in a list of the run, each as JSON in a line. */
export function readList<Value>(files: ContradictionsFiles, runId: string, name: string): Value[] {
  return files.readLines(runId, name).map((line) => JSON.parse(line) as Value);
}

/** Name of what a batch of searches came to. */
export function foundName(batch: number): string {
  return `found/${numbered(batch)}`;
}

/** Name of what a pair came to. */
export function outcomeName(pair: number): string {
  return `outcomes/${numbered(pair)}`;
}

/** Writes pairs in their order, so many to a list: no judge waits for a file of all of them. */
export function writePairs(files: ContradictionsFiles, runId: string, pairs: readonly PlacedPair[]): void {
  for (let from = 0; from < pairs.length; from += PAIRS_PER_SLICE) {
    const slice = pairs.slice(from, from + PAIRS_PER_SLICE);
    files.writeLines(
      runId,
      sliceName(from),
      slice.map((pair) => JSON.stringify(pair)),
    );
  }
}

/** The pair of that number. */
export function readPair(files: ContradictionsFiles, runId: string, pair: number): PlacedPair {
  return JSON.parse(files.readLines(runId, sliceName(pair))[pair % PAIRS_PER_SLICE]!) as PlacedPair;
}

/** All pairs, in their order. */
export function readPairs(files: ContradictionsFiles, runId: string, count: number): PlacedPair[] {
  const slices = Array.from({ length: Math.ceil(count / PAIRS_PER_SLICE) }, (_, slice) => sliceName(slice * PAIRS_PER_SLICE));
  return slices.flatMap((name) => readList<PlacedPair>(files, runId, name));
}

function sliceName(pair: number): string {
  return `pairs/${numbered(Math.floor(pair / PAIRS_PER_SLICE))}`;
}

function numbered(number: number): string {
  return String(number).padStart(6, '0');
}
