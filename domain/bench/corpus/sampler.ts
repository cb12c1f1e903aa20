import type { BucketSpec, CorpusRow } from '../../../schemas/bench-corpus.ts';
import type { EventDrop } from '../../../schemas/vocabulary.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { isObject, type JsonObject } from '../../shared/json.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { parseRecord } from '../../shared/parse-record.ts';
import { compareRows, storeContent } from './corpus-row.ts';
import { drawEvenly, drawOrder, type Drawable } from './draw.ts';
import { isEligible } from './eligibility.ts';
import type { SourceEvent } from './read-event.ts';
import { ShortList } from './short-list.ts';
import { bucketOf } from './window.ts';

/** What is sampled. */
export interface SamplePlan {
  readonly seed: number;
  readonly window: BucketSpec;
  /** Rows of a source whose floor is not stated. */
  readonly usualFloor: number;
  /** Rows by source, as the user named them. */
  readonly floors: ReadonlyMap<string, number>;
}

/** A sample with everything that the manifest says about it. */
export interface Sample {
  /** In the order of the corpus. */
  readonly rows: readonly CorpusRow[];
  readonly sourceCounts: Readonly<Record<string, number>>;
  /** Rows asked for, of every source that was seen. */
  readonly floors: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  readonly redactions: Readonly<Record<string, number>>;
  /** Sources with fewer eligible events than asked for. */
  readonly shortages: readonly { readonly source: string; readonly asked: number; readonly found: number }[];
  /** Sources that the user named and that no event has. */
  readonly absent: readonly string[];
}

/** An id that two different events have, and where both stand. */
export interface IdConflict {
  readonly eventId: string;
  readonly first: string;
}

interface Candidate extends Drawable {
  readonly eventId: string;
  readonly source: string;
  readonly group: number;
  readonly payload: string;
}

/**
 * Draws the rows of a corpus out of a stream of events. The result depends neither on their order nor on how often one stands there. Of each bucket
 * of a source only as many events are held as the source has rows; of all others the id and a digest.
 */
export class Sampler {
  readonly #plan: SamplePlan;
  readonly #sha256: Sha256;
  readonly #lists = new Map<string, Map<number, ShortList<Candidate>>>();
  readonly #seen = new Map<string, { readonly digest: string; readonly place: string }>();
  readonly #sources = new Set<string>();
  readonly #dropped = new Map<string, number>();

  constructor(plan: SamplePlan, sha256: Sha256) {
    this.#plan = plan;
    this.#sha256 = sha256;
  }

  /** Takes one event in. Returns the conflict when another event of the same id was taken before. */
  add(event: SourceEvent, place: string): IdConflict | undefined {
    this.#sources.add(event.source);
    const bucket = bucketOf(event.atMs, this.#plan.window);
    if (typeof bucket === 'string') return this.#drop(bucket === 'before' ? 'before_window' : 'after_window');
    if (event.isProbe) return this.#drop('probe');
    if (event.payload === undefined) return this.#drop('unreadable_payload');
    if (!isEligible(event.source, event.payload)) return this.#drop('ineligible');
    const payload = canonicalJson(event.payload);
    const digest = this.#sha256(`${event.source}\0${event.atMs}\0${payload}`);
    const known = this.#seen.get(event.eventId);
    if (known !== undefined) return known.digest === digest ? this.#drop('duplicate') : { eventId: event.eventId, first: known.place };
    this.#seen.set(event.eventId, { digest, place });
    const order = drawOrder(this.#plan.seed, event.eventId, this.#sha256);
    this.#listOf(event.source, bucket).offer({ eventId: event.eventId, source: event.source, group: bucket, order, payload });
    return undefined;
  }

  /** The sample. Its rows say that they were sampled at the end of the window, so that nothing in them depends on the clock. */
  finish(): Sample {
    const rows: CorpusRow[] = [];
    const redactions = new Map<string, number>();
    const sources = [...this.#sources].sort(compareCodePoints);
    const shortages: { source: string; asked: number; found: number }[] = [];
    const sourceCounts: [string, number][] = [];
    for (const source of sources) {
      const asked = this.#floorOf(source);
      const drawn = this.#draw(source, asked, redactions);
      if (drawn.length < asked) shortages.push({ source, asked, found: drawn.length });
      if (drawn.length > 0) sourceCounts.push([source, drawn.length]);
      rows.push(...drawn);
    }
    return {
      rows: rows.sort(compareRows),
      sourceCounts: Object.fromEntries(sourceCounts),
      floors: Object.fromEntries(sources.map((source) => [source, this.#floorOf(source)])),
      dropped: sortedCounts(this.#dropped),
      redactions: sortedCounts(redactions),
      shortages,
      absent: [...this.#plan.floors.keys()].filter((source) => !this.#sources.has(source)).sort(compareCodePoints),
    };
  }

  #draw(source: string, asked: number, redactions: Map<string, number>): CorpusRow[] {
    const candidates = [...(this.#lists.get(source)?.values() ?? [])].flatMap((list) => list.items());
    const rows: CorpusRow[] = [];
    for (const { eventId, payload, group } of drawEvenly(candidates)) {
      if (rows.length === asked) break;
      const stored = storeContent({ eventId, source, payload: readPayload(payload) }, this.#sha256);
      if (stored === undefined) {
        this.#drop('unredactable');
        continue;
      }
      for (const [detector, count] of Object.entries(stored.findings)) redactions.set(detector, (redactions.get(detector) ?? 0) + count);
      rows.push({ ...stored.content, bucket_index: group, sampled_at_iso: new Date(this.#plan.window.window_end_ms).toISOString() });
    }
    return rows;
  }

  #listOf(source: string, bucket: number): ShortList<Candidate> {
    const buckets = this.#lists.get(source) ?? new Map<number, ShortList<Candidate>>();
    this.#lists.set(source, buckets);
    const list = buckets.get(bucket) ?? new ShortList<Candidate>(this.#floorOf(source) + SPARE);
    buckets.set(bucket, list);
    return list;
  }

  #floorOf(source: string): number {
    return this.#plan.floors.get(source) ?? this.#plan.usualFloor;
  }

  #drop(reason: EventDrop): undefined {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + 1);
    return undefined;
  }
}

/** Events held beyond the floor, in case that one of those before it cannot be redacted. */
const SPARE = 8;

/** Back from the canonical text that it was held as, which takes a fraction of the memory. */
function readPayload(json: string): JsonObject {
  const parsed = parseRecord(json);
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}

function sortedCounts(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([left], [right]) => compareCodePoints(left, right)));
}
