import { compareRow, depthOf, failRow, skipRow, type ReplayedRow } from '../../domain/gate/index.ts';
import { CollectionError, ConfigError, OverBudgetError, UsageError } from '../../domain/shared/errors.ts';
import { cut, isBlank } from '../../domain/shared/text.ts';
import type { ReplayRow } from '../../schemas/baseline.ts';
import type { KnobValue } from '../../schemas/search-knobs.ts';
import type { Retriever, SearchRequest } from '../search-ports.ts';

/** Engines that captured searches are put to. */
export interface ReplayEngines {
  readonly standard: Retriever;
  /** The same without its vectors, for searches that were captured without. */
  withoutVectors(): Promise<Retriever>;
}

/** How captured searches are put again. */
export interface ReplayPlan {
  readonly collection: string;
  readonly mode?: string | undefined;
  /** Pages that are compared, whatever was captured. */
  readonly compareLimit?: number | undefined;
  /** Per-call values of knobs; they count before what a row was captured with. */
  readonly knobs?: Readonly<Record<string, KnobValue>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after each row. */
  readonly onRow?: ((done: number) => void) | undefined;
}

/**
 * Puts captured searches again, one after the other, because their latency is compared, through the entry point that users call. A search that fails
 * makes its row an errored one; a question that cannot be put at all (no such collection, a wrong config) ends the replay with that error.
 */
export async function replayRows(engines: ReplayEngines, rows: readonly ReplayRow[], plan: ReplayPlan): Promise<ReplayedRow[]> {
  const replayed: ReplayedRow[] = [];
  for (const row of rows) {
    plan.signal?.throwIfAborted();
    replayed.push(isBlank(row.query) ? skipRow(row, 'empty query') : await replayRow(engines, row, plan));
    plan.onRow?.(replayed.length);
  }
  return replayed;
}

async function replayRow(engines: ReplayEngines, row: ReplayRow, plan: ReplayPlan): Promise<ReplayedRow> {
  const hasNoVectors = row.tool_name === 'query' && row.vector_enabled === false;
  const retriever = hasNoVectors ? await engines.withoutVectors() : engines.standard;
  try {
    return compareRow(row, await retriever.search(requestOf(row, plan)), plan.compareLimit);
  } catch (error) {
    if (isFatal(error) || plan.signal?.aborted === true) throw error;
    return failRow(row, errorTail(error));
  }
}

/** True for what every other search of the run would meet too. */
export function isFatal(error: unknown): boolean {
  return [CollectionError, ConfigError, UsageError, OverBudgetError].some((kind) => error instanceof kind);
}

const MOST_CHARS = 500;

/** What an error says, short enough for a report. */
export function errorTail(error: unknown): string {
  return cut(error instanceof Error ? error.message : String(error), MOST_CHARS);
}

/** Passages that one page may take of a list. */
const PASSAGES_A_PAGE = 2;

/**
 * A row that says how many passages were asked for is put exactly so. Where it does not, or more pages are to be compared than that, there is only the
 * number of pages: to find as many, more passages are asked for.
 */
function requestOf(row: ReplayRow, { collection, mode, compareLimit, knobs, signal }: ReplayPlan): SearchRequest {
  const depth = depthOf(row, compareLimit);
  const asked = row.limit ?? 0;
  const limit = depth <= asked ? asked : PASSAGES_A_PAGE * depth;
  const isHybrid = row.tool_name === 'query';
  const expansion = isHybrid && typeof row.expand_enabled === 'boolean' ? { expansion: row.expand_enabled } : {};
  return {
    collection,
    query: row.query,
    strategy: isHybrid ? 'hybrid' : 'keyword',
    mode,
    knobs: { limit, ...expansion, ...knobs },
    detail: row.detail ?? undefined,
    isEvaluation: true,
    signal,
  };
}
