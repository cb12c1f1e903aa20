import type { ContradictionFinding, HotPage } from '../../schemas/contradiction-report.ts';
import { SEVERITIES } from '../../schemas/vocabulary.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { pageKeyOf } from './pair.ts';

const MOST_HOT_PAGES = 10;

/**
 * The pages that stand in most findings, at most ten: most appearances first, then the worst severity, then the key. A page on both ends of a finding
 * counts once.
 */
export function hotPages(findings: readonly Pick<ContradictionFinding, 'a' | 'b' | 'severity'>[]): HotPage[] {
  const pages = new Map<string, HotPage>();
  for (const { a, b, severity } of findings) {
    for (const [key, { slug, source_id }] of new Map([a, b].map((end) => [pageKeyOf(end), end]))) {
      const { appearances = 0, max_severity = severity } = pages.get(key) ?? {};
      pages.set(key, {
        slug,
        source_id,
        appearances: appearances + 1,
        max_severity: rank(severity) > rank(max_severity) ? severity : max_severity,
      });
    }
  }
  return [...pages.values()]
    .sort(
      (left, right) =>
        right.appearances - left.appearances ||
        rank(right.max_severity) - rank(left.max_severity) ||
        compareCodePoints(pageKeyOf(left), pageKeyOf(right)),
    )
    .slice(0, MOST_HOT_PAGES);
}

function rank(severity: HotPage['max_severity']): number {
  return SEVERITIES.indexOf(severity);
}
