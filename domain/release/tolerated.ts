/** What may differ from what is committed. All paths are relative to the repository, with `/`. */
export interface Tolerance {
  /** Files, and folders with a `/` at the end, as they are called. */
  readonly paths: readonly string[];
  /** The same with `*` for any part of a name and `**` for any part of a path. */
  readonly patterns: readonly string[];
}

/** True when a path may differ. */
export function isTolerated(path: string, { paths, patterns }: Tolerance): boolean {
  if (paths.some((own) => (own.endsWith('/') ? path.startsWith(own) : path === own))) return true;
  return patterns.some((pattern) => expressionOf(pattern.replace(/^\.\//, '')).test(path));
}

function expressionOf(pattern: string): RegExp {
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const parts = whole.split(/(\*\*|\*)/).map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : escaped(part)));
  return new RegExp(`^${parts.join('')}$`, 's');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
