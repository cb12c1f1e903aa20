/** True for a name that a receipt may have: letters, digits, `_` and `-`, a letter or digit first. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]*$/i.test(text);
}

/** File name of a receipt: `<slug>-<sha8 of the output>.json`, with `.cycle2` and so on before the ending from the second cycle on. */
export function receiptName({
  slug,
  outputSha8,
  cycle,
}: {
  readonly slug: string;
  readonly outputSha8: string;
  readonly cycle: number;
}): string {
  return `${slug}-${outputSha8}${cycle === 1 ? '' : `.cycle${cycle}`}.json`;
}
