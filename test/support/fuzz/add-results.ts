import type { FuzzResult } from './measure-fuzz.ts';

/** The results of several processes as one; memory is that of the process which took most. */
export function addResults(results: readonly FuzzResult[]): FuzzResult {
  return results.reduce((sum, next) => ({
    adapters: addTables(sum.adapters, next.adapters) as FuzzResult['adapters'],
    refused: addCounts(sum.refused, next.refused),
    stopped: addCounts(sum.stopped, next.stopped),
    complaints: [...sum.complaints, ...next.complaints],
    digest: `${sum.digest},${next.digest}`,
    startMib: sum.peakMib - sum.startMib > next.peakMib - next.startMib ? sum.startMib : next.startMib,
    peakMib: sum.peakMib - sum.startMib > next.peakMib - next.startMib ? sum.peakMib : next.peakMib,
  }));
}

type Counts = Readonly<Record<string, number>>;

function addTables(left: Readonly<Record<string, object>>, right: Readonly<Record<string, object>>): Record<string, object> {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return Object.fromEntries(names.map((name) => [name, addCounts((left[name] ?? {}) as Counts, (right[name] ?? {}) as Counts)]));
}

function addCounts(left: Counts, right: Counts): Record<string, number> {
  const sum: Record<string, number> = { ...left };
  for (const [name, count] of Object.entries(right)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
