import type { ContradictionFinding, ContradictionReport } from '../../schemas/contradiction-report.ts';
import type { Severity } from '../../schemas/vocabulary.ts';

/** The findings of a report, each once however many queries brought it, of one severity where it is named. */
export function selectFindings(
  { per_query, entities }: Pick<ContradictionReport, 'per_query' | 'entities'>,
  severity?: Severity,
): ContradictionFinding[] {
  const all = [...per_query.flatMap(({ contradictions }) => contradictions), ...(entities?.contradictions ?? [])];
  const distinct = [...new Map(all.map((finding) => [finding.finding_id, finding])).values()];
  return severity === undefined ? distinct : distinct.filter((finding) => finding.severity === severity);
}
