import type { Budget } from '../../activities/budget-ports.ts';
import type { JudgedWork } from '../../activities/suites/run-document.ts';
import { sha256 } from '../../adapters/digest.ts';
import { readCollectionHead } from '../../adapters/search/collection-store.ts';
import type { SuiteStore } from '../../adapters/suites/suite-store.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { sampleQuestions, type SuitePlan } from '../../domain/suites/index.ts';
import type { Config } from '../../schemas/config.ts';
import type { Io } from '../io.ts';
import { indexSuite } from './index-suite.ts';
import type { ReadSuite } from './read-suite.ts';

/** A suite of which it is known what is asked, and where. */
export interface PreparedSuite {
  readonly name: string;
  readonly dataset: { readonly name: string; readonly sha256: string } | null;
  /** Of the questions that are asked, in the order of the dataset. */
  readonly ids: readonly string[];
  readonly work:
    | { readonly kind: 'skipped'; readonly reason: string }
    | { readonly kind: 'longmemeval'; readonly path: string; readonly isSampled: boolean }
    | JudgedWork;
}

/** What suites are prepared with. */
export interface SuitesScene {
  readonly root: string;
  readonly base: string;
  readonly config: Config;
  readonly store: SuiteStore;
  readonly budget: Budget;
  readonly retriever: string;
  /** The user's collection; undefined where none is named. */
  readonly collection: string | undefined;
  readonly limit: number | null;
  readonly seed: number;
}

/** Ids of the questions that a limit leaves of a suite, in the order of the dataset. */
export function askedIds(name: string, read: ReadSuite, { limit, seed }: Pick<SuitesScene, 'limit' | 'seed'>): readonly string[] {
  if (read.kind === 'missing') return [];
  const ids = read.kind === 'longmemeval' ? read.ids : read.plan.questions.map(({ question_id }) => question_id);
  return sampleQuestions(ids, { limit, seed, suite: name });
}

/** Writes the questions of a suite down and makes its pages searchable, or says why it is skipped. */
export async function prepareSuite(io: Io, scene: SuitesScene, name: string, read: ReadSuite, signal: AbortSignal): Promise<PreparedSuite> {
  const skipped = (reason: string): PreparedSuite => ({
    name,
    dataset: read.kind === 'missing' ? null : read.dataset,
    ids: [],
    work: { kind: 'skipped', reason },
  });
  if (read.kind === 'missing') return skipped(read.reason);
  const ids = askedIds(name, read, scene);
  if (ids.length === 0) return skipped('no data: the dataset holds no question');
  const { dataset } = read;
  if (read.kind === 'longmemeval') {
    return { name, dataset, ids, work: { kind: 'longmemeval', path: read.path, isSampled: ids.length < read.ids.length } };
  }
  const place = await placeOf(io, scene, name, read.corpus, signal);
  if ('reason' in place) return skipped(place.reason);
  return { name, dataset, ids, work: { kind: 'measure', plan: keepPlan(scene.store, read.plan, ids), ...place } };
}

type Place = Pick<JudgedWork, 'place' | 'collection'> | { readonly reason: string };

async function placeOf(io: Io, scene: SuitesScene, name: string, corpus: string | null, signal: AbortSignal): Promise<Place> {
  const { root, collection, retriever } = scene;
  if (corpus !== null) {
    if (retriever !== 'builtin') {
      return {
        reason: `no data: ${retriever} cannot be filled from here; name a file of judgments and --collection with the pages that it has`,
      };
    }
    return { place: 'suites', collection: await indexSuite(io, { ...scene, suite: name, corpus }, signal) };
  }
  if (collection === undefined) return { reason: 'no data: no collection to search; name one with --collection' };
  if (retriever === 'builtin' && readCollectionHead(root, collection) === undefined) {
    return { reason: `no data: there is no collection ${collection}; make it with \`lauter search index ${collection} --from PATH\`` };
  }
  return { place: 'workspace', collection };
}

/** Keeps the questions under the hash of all that they say, for every mode and for whoever goes on with the run. */
function keepPlan(store: SuiteStore, plan: SuitePlan, ids: readonly string[]): string {
  const asked = new Set(ids);
  const kept = { ...plan, questions: plan.questions.filter(({ question_id }) => asked.has(question_id)) };
  const hash = sha256(canonicalJson(kept as unknown as JsonValue));
  if (!store.hasPlan(hash)) store.writePlan(hash, kept);
  return hash;
}
