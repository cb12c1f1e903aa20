/** One change of one file: the lines around it, what goes and what comes. */
export interface Change {
  readonly path: string;
  /** 1-based line of the first line before the change. */
  readonly at: number;
  readonly before: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly after: readonly string[];
}

/** The change as git prints it, with hunk sizes that fit. */
export function unifiedDiff({ path, at, before, removed, added, after }: Change, blob = '3f1c2a7..9b04e1d'): string {
  const around = before.length + after.length;
  return [
    `diff --git a/${path} b/${path}`,
    `index ${blob} 100644`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${at},${around + removed.length} +${at},${around + added.length} @@`,
    ...before.map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...after.map((line) => ` ${line}`),
    '',
  ].join('\n');
}
