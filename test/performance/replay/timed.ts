/** What most and nearly all calls take, in milliseconds. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
}

/** Times each call by itself, the first tenth a second time before, so that nothing is measured cold. */
export async function timeEach<Item>(items: readonly Item[], call: (item: Item) => unknown): Promise<Quantiles> {
  for (const item of items.slice(0, Math.ceil(items.length / 10))) await call(item);
  const times: number[] = [];
  for (const item of items) {
    const started = performance.now();
    await call(item);
    times.push(performance.now() - started);
  }
  times.sort((left, right) => left - right);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)]!;
  return { p50: at(0.5), p95: at(0.95) };
}

/** Most memory that this process has had so far, in MB. */
export function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}
