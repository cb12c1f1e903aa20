import type { ReportMeta } from '../../schemas/report-meta.ts';
import { glossarySection } from './glossary-section.ts';
import { reproducibilitySection } from './reproducibility-section.ts';
import type { ReportSection } from './sectioned-report.ts';

/** How every report ends: what its metrics mean, and what its figures were made from. `name` is that of the report's files. */
export function metaSections(meta: ReportMeta, name: string): ReportSection[] {
  return [glossarySection(meta, name), reproducibilitySection(meta.footer, name)];
}
