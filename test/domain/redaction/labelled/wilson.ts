/** The 95 % interval of Wilson for a share, in per cent: it stays inside 0 to 100 and says something even where all or none were found. */
export function wilson(found: number, of: number): readonly [low: number, high: number] {
  if (of === 0) return [0, 100];
  const z = 1.959964;
  const share = found / of;
  const middle = share + (z * z) / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (100 * (middle - reach)) / scale), Math.min(100, (100 * (middle + reach)) / scale)];
}
