/**
 * Compares two texts by code points, which is also the order of their UTF-8 bytes: below zero, zero or above. The built-in order goes by UTF-16
 * units, and there a letter beyond U+FFFF comes before one from U+E000 to U+FFFF.
 */
export function compareCodePoints(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Units of surrogate pairs stand for the highest code points. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
