import type { DeterminismFlips, RankChange } from '../../schemas/determinism-report.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { readItems, type RunItem } from './items.ts';
import type { ModelRun } from './model-runs.ts';

/** The items that every run of a model scored, side by side: what equal means may hide. */
export interface PairedItems {
  /** One list of items for each run, in one order of questions; undefined when a run has no item data. */
  readonly rows: readonly PairedItem[] | undefined;
  /** Items that some runs have and others lack. */
  readonly unpaired: number;
}

export interface PairedItem {
  readonly qaId: string;
  readonly source: string | null;
  /** One for each run. */
  readonly items: readonly RunItem[];
}

/** Pairs the items of a mode by question. */
export function pairItems(runs: readonly ModelRun[], mode: BenchMode): PairedItems {
  const byRun = runs.map(({ summary }) => new Map(readItems(summary).flatMap((item) => (item.mode === mode ? [[item.qaId, item]] : []))));
  if (byRun.some(({ size }) => size === 0)) return { rows: undefined, unpaired: 0 };
  const ids = [...new Set(byRun.flatMap((items) => [...items.keys()]))].sort();
  const rows = ids.flatMap((qaId) => {
    const items = byRun.map((of) => of.get(qaId)).filter((item) => item !== undefined);
    return items.length === runs.length ? [{ qaId, source: sourceOf(items, runs), items }] : [];
  });
  return { rows, unpaired: ids.length - rows.length };
}

/** An event id is opaque; what its source is, the attempts of the run say. */
function sourceOf(items: readonly RunItem[], runs: readonly ModelRun[]): string | null {
  for (const { golden } of items) {
    for (const { file } of golden === null ? [] : runs) {
      const source = file.sourceOfEvent.get(golden ?? '');
      if (source !== undefined) return source;
    }
  }
  return null;
}

/** Counts the items whose Hit@1, and those whose rank, differs between any two runs, and lists them, widest first. */
export function countFlips({ rows }: PairedItems): DeterminismFlips {
  if (rows === undefined) return { hit_at_1: null, rank: null, items: [] };
  const changes = rows.map(describeChange).filter(({ ranks, is_flip }) => is_flip || new Set(ranks).size > 1);
  return {
    hit_at_1: changes.filter(({ is_flip }) => is_flip).length,
    rank: changes.filter(({ ranks }) => new Set(ranks).size > 1).length,
    items: changes.sort((left, right) => widthOf(right) - widthOf(left) || compareCodePoints(left.qa_id, right.qa_id)),
  };
}

function describeChange({ qaId, source, items }: PairedItem): RankChange {
  return {
    qa_id: qaId,
    source,
    ranks: items.map(({ rank }) => rank),
    is_flip: new Set(items.map(({ isHitAt1 }) => isHitAt1)).size > 1,
  };
}

/** A golden that was not found counts as one place behind the ten that were asked for, or behind the deepest that was found. */
function widthOf({ ranks }: RankChange): number {
  const found = ranks.filter((rank) => rank !== null);
  const behind = Math.max(10, ...found) + 1;
  const places = ranks.map((rank) => rank ?? behind);
  return Math.max(...places) - Math.min(...places);
}

/** Share of the paired items with Hit@1 in every run; null without any. */
export function passAllRuns({ rows }: PairedItems): number | null {
  if (rows === undefined || rows.length === 0) return null;
  return rows.filter(({ items }) => items.every(({ isHitAt1 }) => isHitAt1)).length / rows.length;
}
