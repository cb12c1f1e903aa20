/**
 * Cohen's kappa of two raters over the items that both rated: (p_o - p_e) / (1 - p_e), p_o the share of items on which they say the same, p_e what that
 * share would be by chance from how often each says each word. Null without items and where chance alone gives 1. Source: J. Cohen, A coefficient of
 * agreement for nominal scales (1960).
 */
export function cohenKappa<Rating extends string | number | boolean>(rated: readonly (readonly [Rating, Rating])[]): number | null {
  const n = rated.length;
  if (n === 0) return null;
  const words = [...new Set(rated.flat())];
  const count = (isCounted: (pair: readonly [Rating, Rating]) => boolean): number => rated.filter(isCounted).length;
  const same = count(([one, other]) => one === other);
  // Times n squared, so that whole numbers decide whether anything is left to divide by.
  const byChance = words.reduce((sum, word) => sum + count(([one]) => one === word) * count(([, other]) => other === word), 0);
  return byChance === n * n ? null : (same * n - byChance) / (n * n - byChance);
}
